package app

import (
	"archive/zip"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"kith"
	"kith/internal/intake"
	"kith/internal/store"
)

// ExportFor is how long a permission to download an export holds.
const ExportFor = 24 * time.Hour

// errNoExport answers a permission that is not there, not the actor's, used or
// over.
var errNoExport = &kith.Error{Kind: kith.NotFound, Msg: "this download is used or over; ask for another export"}

// AskExport gives the secret with which the actor downloads an export of
// everything about them, once, within 24 hours. It needs the password unless
// they have just signed in.
func (a *App) AskExport(ctx context.Context, who Actor, password string) (secret string, until time.Time, err error) {
	if err := a.fresh(ctx, who, password); err != nil {
		return "", until, err
	}
	secret = newSecret()
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		until = now.Add(ExportFor)
		return tx.AddCeremony(who.ID, exportPermission(secret), "export", until)
	})
	return secret, until, err
}

// exportPermission is what is kept of a download's secret. It is no ceremony of
// a passkey.
func exportPermission(secret string) string { return "export " + digest(secret) }

// Download writes the actor's export to w, for a secret of AskExport. When all
// of it is written the secret is used: of two downloads at once the later gets an
// error then, and what it wrote is not to be given to anybody.
func (a *App) Download(ctx context.Context, who Actor, secret string, w io.Writer) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	permission := exportPermission(secret)
	permitted := func(ok bool, err error) error {
		if err == nil && !ok {
			err = errNoExport
		}
		return err
	}
	err := a.read(ctx, func(tx *store.Tx) error { return permitted(tx.HasCeremony(who.ID, permission)) })
	if err != nil {
		return err
	}
	if err := a.export(ctx, who.ID, w); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		_, ok, err := tx.TakeCeremony(who.ID, permission)
		return permitted(ok, err)
	})
}

// Archive is Download to a file that has no name any more, read from its
// beginning: a member with a slow line must not hold a transaction open, and
// nothing may stay behind. The caller closes it.
func (a *App) Archive(ctx context.Context, who Actor, secret string) (f *os.File, err error) {
	if f, err = os.CreateTemp("", "kith-export-*"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if err := os.Remove(f.Name()); err != nil {
		return nil, err
	}
	if err := a.Download(ctx, who, secret, f); err != nil {
		return nil, err
	}
	_, err = f.Seek(0, io.SeekStart)
	return f, err
}

// ExportMember writes a member's export on the console, which is shown to its
// owner.
func (a *App) ExportMember(ctx context.Context, who Actor, id kith.MemberID, w io.Writer) error {
	if !who.console() {
		return errConsole
	}
	err := a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, ok, err := tx.Member(id)
		if err != nil {
			return err
		}
		if !ok || m.State == store.Erased {
			return errNoMember
		}
		return a.audit(tx, who, id, "all your data, and exported it")
	})
	if err != nil {
		return err
	}
	return a.export(ctx, id, w)
}

// export writes everything about a member as it is at one time, as a zip
// archive: each list as JSON and as CSV, and two tables any network's archive
// has, which `kith import` reads back.
func (a *App) export(ctx context.Context, m kith.MemberID, w io.Writer) error {
	return a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		z := &exportZip{zip.NewWriter(w), now}
		parts := store.Parts()
		if err := z.file("README.txt", func(w io.Writer) error { return exportReadme(w, parts) }); err != nil {
			return err
		}
		for i := range parts {
			if err := z.part(tx, m, &parts[i]); err != nil {
				return err
			}
		}
		if err := z.file("Connections.csv", func(w io.Writer) error { return archiveConnections(tx, m, w) }); err != nil {
			return err
		}
		if err := z.file("Invitations.csv", func(w io.Writer) error { return archiveInvitations(tx, m, w) }); err != nil {
			return err
		}
		return z.Close()
	})
}

func exportReadme(w io.Writer, parts []store.Part) error {
	_, err := fmt.Fprint(w, "Everything this Kith knows of you. Each list is in the folder kith, as JSON and as CSV:\n\n")
	for i := range parts {
		_, failed := fmt.Fprintf(w, "  %-22s %s\n", parts[i].Name, parts[i].About)
		err = errors.Join(err, failed)
	}
	_, failed := fmt.Fprint(w, "\nConnections.csv and Invitations.csv are for other programs; kith import reads them.\n"+
		"What others keep to themselves is not in here: how they answered you, unless they\naccepted, and whether they block you.\n")
	return errors.Join(err, failed)
}

// listFolder holds the lists of an export. The tables for other programs lie
// beside it: some systems take connections.csv and Connections.csv for one file.
const listFolder = "kith/"

// exportZip writes the files of an export.
type exportZip struct {
	*zip.Writer
	at time.Time
}

func (z *exportZip) file(name string, write func(io.Writer) error) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.at})
	if err != nil {
		return err
	}
	return write(f)
}

func (z *exportZip) part(tx *store.Tx, m kith.MemberID, p *store.Part) error {
	err := z.file(listFolder+p.Name+".json", func(w io.Writer) error { return partJSON(tx, m, p, w) })
	if err != nil {
		return err
	}
	return z.file(listFolder+p.Name+".csv", func(w io.Writer) error {
		out := csv.NewWriter(w)
		line := make([]string, len(p.Columns))
		for i, c := range p.Columns {
			line[i] = c.Name
		}
		if err := out.Write(line); err != nil {
			return err
		}
		err := tx.Export(m, p, func(values []any) error {
			for i, c := range p.Columns {
				line[i] = cell(c.Kind, values[i])
			}
			return out.Write(line)
		})
		out.Flush()
		return errors.Join(err, out.Error())
	})
}

// partJSON writes a part as a list of objects, a line each.
func partJSON(tx *store.Tx, m kith.MemberID, p *store.Part, w io.Writer) error {
	before := "[\n"
	err := tx.Export(m, p, func(values []any) error {
		var b strings.Builder
		for i, c := range p.Columns {
			v, err := jsonValue(c.Kind, values[i])
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, ",%q:%s", c.Name, v)
		}
		_, err := io.WriteString(w, before+"{"+b.String()[1:]+"}")
		before = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	end := "\n]\n"
	if before == "[\n" {
		end = "[]\n"
	}
	_, err = io.WriteString(w, end)
	return err
}

// jsonValue gives a value as JSON; what is not there is null.
func jsonValue(k store.PartKind, v any) (string, error) {
	switch n, _ := v.(int64); k {
	case store.Truth:
		return strconv.FormatBool(n != 0), nil
	case store.When:
		if n == 0 {
			return "null", nil
		}
		v = time.UnixMicro(n).UTC()
	case store.JSON:
		text, _ := v.(string)
		if text == "" {
			return "null", nil
		}
		return text, nil
	}
	data, err := json.Marshal(v)
	return string(data), err
}

// cell gives a value as a cell of a table.
func cell(k store.PartKind, v any) string {
	switch n, _ := v.(int64); k {
	case store.Number:
		return strconv.FormatInt(n, 10)
	case store.Truth:
		return strconv.FormatBool(n != 0)
	case store.When:
		if n == 0 {
			return ""
		}
		return time.UnixMicro(n).UTC().Format(time.RFC3339Nano)
	case store.Octets:
		data, _ := v.([]byte)
		return base64.StdEncoding.EncodeToString(data)
	}
	text, _ := v.(string)
	return intake.MarkFormula(text)
}

// The columns other networks' archives have, and the dates they write.
var (
	archiveConnectionColumns = []string{"First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"}
	archiveInvitationColumns = []string{"From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"}
)

const (
	archiveDay  = "02 Jan 2006"
	archiveTime = "1/2/06, 3:04 PM"
	archiveLink = "https://www.linkedin.com/in/"
)

// archiveConnections writes the connections here, and those imports know.
func archiveConnections(tx *store.Tx, m kith.MemberID, w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(archiveConnectionColumns); err != nil {
		return err
	}
	err := tx.ExportTies(m, func(t *store.ExportTie) error {
		first, last := splitName(t.Name)
		return writeHarmless(out, first, last, profileLink(t.Slug), "", t.Organisation, t.Title, dated(t.Since, archiveDay))
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// archiveInvitations writes the invitations here, and those imports know.
func archiveInvitations(tx *store.Tx, m kith.MemberID, w io.Writer) error {
	me, _, err := tx.Member(m)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(archiveInvitationColumns); err != nil {
		return err
	}
	err = tx.ExportInvitations(m, func(i *store.ExportInvitation) error {
		if i.Outgoing {
			return writeHarmless(out, me.Name, i.Name, dated(i.SentAt, archiveTime), i.Note, "OUTGOING", "", profileLink(i.Slug))
		}
		return writeHarmless(out, i.Name, me.Name, dated(i.SentAt, archiveTime), i.Note, "INCOMING", profileLink(i.Slug), "")
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

func writeHarmless(out *csv.Writer, cells ...string) error {
	for i := range cells {
		cells[i] = intake.MarkFormula(cells[i])
	}
	return out.Write(cells)
}

func dated(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(layout)
}

func profileLink(slug string) string {
	if slug == "" {
		return ""
	}
	return archiveLink + slug
}

// splitName gives a name as two cells: the last word stands alone.
func splitName(name string) (first, last string) {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return name, ""
	}
	return name[:i], name[i+1:]
}
