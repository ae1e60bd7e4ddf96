package intake

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode"

	"kith"
)

// isZip reports whether a file that starts with head is a zip archive.
func isZip(head []byte) bool {
	return strings.HasPrefix(string(head), zipLocalSignature) || strings.HasPrefix(string(head), zipEndSignature)
}

// openZip checks an archive of size bytes before anything in it is unpacked
// and gives its files. An error means that nothing of the archive is used.
func openZip(r io.ReaderAt, size int64) ([]*zip.File, error) {
	if size > maxZipBytes {
		return nil, limitError("larger than %d MiB; unpack it and give the folder", maxZipBytes>>20)
	}
	entries, err := readZipDirectory(r, size)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, &kith.Error{Kind: kith.Invalid, Msg: "the archive is empty; download it again"}
	}
	if err := checkZipEntries(entries); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil || len(z.File) != len(entries) {
		return nil, errZipCut
	}
	var files []*zip.File
	for _, f := range z.File {
		switch mode := f.Mode(); {
		case mode.IsDir() || strings.HasSuffix(f.Name, "/"):
		case !mode.IsRegular():
			return nil, unsafeEntry(f.Name, "is a link, not a file")
		case f.Name == "[Content_Types].xml":
			return nil, &kith.Error{Kind: kith.Invalid, Msg: "an office document, whatever its name; save a table as \"CSV UTF-8\" and give that"}
		default:
			files = append(files, f)
		}
	}
	return files, nil
}

// checkZipEntries checks names, sizes and packing of all entries.
func checkZipEntries(entries []zipEntry) error {
	var total int64
	seen := make(map[string]bool, len(entries))
	for _, e := range entries {
		if why := unsafeName(e.name); why != "" {
			return unsafeEntry(e.name, why)
		}
		key := strings.ToLower(kith.Clean(e.name))
		if seen[key] {
			return unsafeEntry(e.name, "is there twice")
		}
		seen[key] = true
		if e.flags&zipFlagEncrypted != 0 {
			return unsafeEntry(e.name, "is encrypted; unpack the archive with its password and give the folder")
		}
		if e.method != zip.Store && e.method != zip.Deflate {
			return unsafeEntry(e.name, "is packed in a way Kith does not read; unpack the archive and give the folder")
		}
		if e.method == zip.Store && e.size != e.packed {
			return errZipCut
		}
		if e.size > ratioFloor && e.size > maxRatio*e.packed {
			return unsafeEntry(e.name, fmt.Sprintf("unpacks to more than %d times its size, as in a zip bomb; the archive is not opened", maxRatio))
		}
		if total += e.size; total > maxUnpackedBytes {
			return limitError("unpacks to more than %d MiB; unpack it and give the files that matter", maxUnpackedBytes>>20)
		}
	}
	return nil
}

func unsafeEntry(name, why string) *kith.Error {
	return &kith.Error{Kind: kith.Invalid, Field: shown(name), Msg: why}
}

// unsafeName says why an entry's name is not the plain relative path of an
// honest archive. Names are never used as paths; one like these shows that the
// archive was made to harm.
func unsafeName(name string) string {
	switch {
	case name == "":
		return "an entry has no name"
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
		return "its name holds control characters; the archive is not opened"
	case strings.Contains(name, `\`) || len(name) > 1 && name[1] == ':',
		!fs.ValidPath(strings.TrimSuffix(strings.ToValidUTF8(name, "_"), "/")):
		return "its name is not a plain relative path; the archive is not opened"
	}
	return ""
}

// isHidden reports whether a file is one that systems hide or add on their own:
// a name with a leading dot, or a Macintosh resource fork.
func isHidden(name string) bool {
	return strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX/")
}

// zipFault says in one line why unpacking failed.
func zipFault(err error) error {
	var e *kith.Error
	switch {
	case err == nil || errors.As(err, &e):
		return err
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return errZipCut
	}
	return &kith.Error{Kind: kith.Invalid, Msg: errZipCut.Msg, Err: err}
}
