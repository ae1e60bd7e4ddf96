package intake

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// inUTF16 writes text as UTF-16 with a byte order mark.
func inUTF16(order binary.AppendByteOrder, text string) string {
	out := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

// TestC4 reads the same two connections however their file is written.
func TestC4(t *testing.T) {
	t.Parallel()
	const plain = connectionsHeader +
		"Søren,Ækvist,https://www.linkedin.com/in/soren-demo,,\"Bøje, Ltd\",Skipper,07 Jun 2025\n" +
		"Teo,Brandl,https://www.linkedin.com/in/teo-demo,,Brandl Instruments,Maker,08 Jun 2025\n"
	tabs := strings.NewReplacer("\"Bøje, Ltd\"", "Bøje, Ltd", ",", "\t").Replace(plain)
	tabs = strings.ReplaceAll(tabs, "Bøje\t Ltd", "Bøje, Ltd")
	quotedTabs := "\"" + strings.NewReplacer("\t", "\"\t\"", "\n", "\"\n\"").Replace(strings.TrimSuffix(tabs, "\n")) + "\"\n"
	latin := strings.NewReplacer("ø", "\xf8", "Æ", "\xc6").Replace(plain)
	const preamble = "Notes:\n\"When exporting your connection data, you may notice, that some are missing.\"\n\n"
	tests := map[string]struct {
		text     string
		problems int
	}{
		"UTF-8":                     {plain, 0},
		"UTF-8 with a mark":         {"\xef\xbb\xbf" + plain, 0},
		"UTF-16 LE, tabs, quoted":   {inUTF16(binary.LittleEndian, quotedTabs), 0},
		"UTF-16 BE":                 {inUTF16(binary.BigEndian, plain), 0},
		"Windows-1252":              {latin, 1},
		"CR LF":                     {strings.ReplaceAll(plain, "\n", "\r\n"), 0},
		"CR":                        {strings.ReplaceAll(plain, "\n", "\r"), 0},
		"mixed line ends":           {strings.Replace(plain, "\n", "\r\n", 2), 0},
		"tabs":                      {tabs, 0},
		"semicolons, said so":       {"sep=;\n" + strings.ReplaceAll(tabs, "\t", ";"), 0},
		"semicolons":                {strings.ReplaceAll(tabs, "\t", ";"), 0},
		"preamble":                  {preamble + plain, 0},
		"preamble, quoted":          {strings.Replace(preamble, "Notes:", `"Notes:"`, 1) + plain, 0},
		"preamble with CR LF":       {strings.ReplaceAll(preamble+plain, "\n", "\r\n"), 0},
		"empty lines":               {"\n\n" + strings.ReplaceAll(plain, "\n", "\n\n"), 0},
		"other case and separators": {strings.Replace(plain, "First Name,Last Name,URL", "first_name,LAST NAME,Url", 1), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, f := readFile(t, "Connections.csv", test.text)
			if len(h.Connections) != 2 || len(f.Problems) != test.problems {
				t.Fatalf("%d connections, report %+v", len(h.Connections), f)
			}
			first := h.Connections[0]
			if first.Who.Name != "Søren Ækvist" || first.Who.Slug != "soren-demo" || first.Organisation != "Bøje, Ltd" {
				t.Errorf("got %+v", first)
			}
		})
	}
}

// TestC4Damage reports bytes that are in no charset with row and column, and
// keeps the rest of the file.
func TestC4Damage(t *testing.T) {
	t.Parallel()
	text := connectionsHeader +
		"Søren,Ækvist,,,Harbour,Skipper,07 Jun 2025\n" +
		"Teo,Br\xffndl,,,Brandl,Maker,08 Jun 2025\n" +
		"Ines,\xed\xa0\x80Lund,,,Lund,Pilot,08 Jun 2025\n" +
		"Nul,B\x00yte,,,Lund,Pilot,08 Jun 2025\n" +
		"Odile,Farrow,,,Farrow,Pilot,09 Jun 2025\n"
	h, f := readFile(t, "Connections.csv", text)
	var names []string
	for _, c := range h.Connections {
		names = append(names, c.Who.Name)
	}
	if want := []string{"Søren Ækvist", "Teo Br\uFFFDndl", "Ines \uFFFDLund", "Odile Farrow"}; !slices.Equal(names, want) {
		t.Errorf("names %q, want %q", names, want)
	}
	const damaged = "holds bytes that are not UTF-8; they are shown as \uFFFD"
	if want := []Problem{{3, "Last Name", damaged}, {4, "Last Name", damaged}, {5, "", "holds NUL bytes; left out"}}; !slices.Equal(f.Problems, want) {
		t.Errorf("problems %+v", f.Problems)
	}
}

// TestLateWindows1252 finds out that a file is not UTF-8 at its first byte
// beyond ASCII, wherever that is.
func TestLateWindows1252(t *testing.T) {
	t.Parallel()
	text := connectionsHeader + strings.Repeat("Teo,Brandl,,,Brandl,Maker,08 Jun 2025\n", 1000) + "S\xf8ren,\x8Dkvist,,,B\xf8je,Skipper,07 Jun 2025\n"
	h, f := readFile(t, "Connections.csv", text)
	if len(h.Connections) != 1001 || h.Connections[1000].Who.First != "Søren" {
		t.Errorf("%d connections, the last %+v", len(h.Connections), h.Connections[len(h.Connections)-1])
	}
	if len(f.Problems) != 1 || f.Problems[0].Row != 1002 || !strings.Contains(f.Problems[0].Msg, "Windows-1252") {
		t.Errorf("problems %+v", f.Problems)
	}
}

// TestProblemsAreCounted names the first problems and counts the rest.
func TestProblemsAreCounted(t *testing.T) {
	t.Parallel()
	h, f := readFile(t, "Invitations.csv", honestRows+strings.Repeat("a,b\n", 12))
	if len(h.Invitations) != 1 || len(f.Problems) != maxProblems || f.More != 12-maxProblems {
		t.Errorf("%d invitations, %+v", len(h.Invitations), f)
	}
	if p := f.Problems[0]; p.Row != 3 || p.Msg != "has 2 columns where the first row has 7; left out" {
		t.Errorf("problem %+v", p)
	}
}

// TestCutRow leaves out a last row that may be cut; what is read of any
// beginning of a file is a beginning of what is read of all of it, and where a
// row is cut the report says so.
func TestCutRow(t *testing.T) {
	t.Parallel()
	const row = "Teo,Brandl,https://www.linkedin.com/in/teobrandl-demo,,\"Brandl \"\"T\"\"\nInstruments\",Maker,04 Sep 2026\n"
	text := connectionsHeader + row + row
	full, _ := readFile(t, "Connections.csv", text)
	for n := len(connectionsHeader); n < len(text); n++ {
		h, f := readFile(t, "Connections.csv", text[:n])
		if want := (n - len(connectionsHeader)) / len(row); len(h.Connections) != want {
			t.Errorf("cut at %d: %d connections, want %d", n, len(h.Connections), want)
		}
		for i := range h.Connections {
			if h.Connections[i].Organisation != full.Connections[i].Organisation {
				t.Errorf("cut at %d: %+v", n, h.Connections[i])
			}
		}
		if atRow := (n-len(connectionsHeader))%len(row) == 0; atRow != (len(f.Problems) == 0) {
			t.Errorf("cut at %d: report %+v", n, f)
		}
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	c := newColumns([][]byte{[]byte("\ufeffSent At"), []byte("sender_profile-URL"), []byte("Company Names"), []byte("Company Names")})
	if c.at("SENT AT") != 0 || c.at("nobody", "Sender Profile Url") != 1 || c.at("company names") != 2 || c.at("x") != -1 {
		t.Errorf("columns %v", c)
	}
	if got := c.missing("Sent At", "Direction", "From"); got != "Direction" {
		t.Errorf("missing %q", got)
	}
}
