package intake

// The limits on what Kith takes in. Each is far above anything an honest file
// holds and low enough that a hostile one costs seconds and megabytes, not
// hours and gigabytes. Limits of a single format stand beside its reader.
const (
	// maxZipBytes bounds a zip archive on disk. The largest LinkedIn archives
	// stay below 100 MB; what is larger can be unpacked and given as a folder.
	maxZipBytes = 200 << 20
	// maxUnpackedBytes bounds what the entries of one archive unpack to.
	maxUnpackedBytes = 1 << 30
	// maxRatio bounds how many bytes one packed byte may become, for entries
	// of more than ratioFloor. Text packs up to 20:1; deflate reaches 1,032:1.
	maxRatio   = 200
	ratioFloor = 1 << 20
	// maxEntries bounds the entries of an archive.
	maxEntries = 5000
	// maxFiles bounds the files of a folder: a Maildir holds one a mail.
	maxFiles = 20_000
	// maxDirectoryBytes bounds an archive's table of contents.
	maxDirectoryBytes = 8 << 20
	// maxArchives bounds the archives read in one go; each keeps a file open.
	maxArchives = 32

	// headBytes is how much of a file is looked at to tell what it is.
	headBytes = 16 << 10

	// maxRecord bounds one row of a CSV file in bytes. The longest message
	// the site accepts has 8,000 letters.
	maxRecord = 1 << 20
	// maxFields bounds the columns of a CSV file.
	maxFields = 200
	// maxPreamble bounds the rows before the header row; LinkedIn writes three.
	maxPreamble = 20
	// maxRewinds bounds how often reading starts again on the line after an
	// unclosed quote: each may cost a look at maxRecord bytes.
	maxRewinds = 100

	// maxLineLetters and maxTextLetters bound values that stand on one line (a
	// name, a title) and texts of several (a message, a note).
	maxLineLetters = 500
	maxTextLetters = 4000
	// maxLineBytes and maxTextBytes bound what is looked at of a cell for such a
	// value: its letters and what cleaning takes away, HTML among it.
	maxLineBytes = 4 << 10
	maxTextBytes = 64 << 10
)
