package note

// kind says what a token is.
type kind uint8

const (
	letters kind = iota // a word
	number              // 15, 10,000, 80k; 20-30 is two
	year                // 1950 to 2049
	money               // $500, 300 €
	percent             // 40%
	link                // a web address
	mailbox             // an e-mail address
	handle              // @name
	slot                // a template slot nobody filled in: {{first_name}}
)

// mark is what the punctuation and spelling around a token tell.
type mark uint8

const (
	capital mark = 1 << iota // begins with an upper-case letter
	pause                    // a comma, colon, bracket or dash stands before it
	dash                     // a dash stands before it
	line                     // begins a line
	foreign                  // holds letters that only look Latin
	latin                    // holds Latin letters
)

// token is one folded unit of a note.
type token struct {
	start, end int  // bytes in the note
	lo, hi     int  // bytes of its folded form in folded.buf
	kind       kind // what it is
	marks      mark // what stands around it
}

// sentence is a run of tokens no phrase reaches across.
type sentence struct {
	from, to int // tokens
	question bool
}

// folded is a note made comparable: case, accents, apostrophes, look-alike
// letters, markup and hidden characters are gone; what matters beside the words
// (sentence ends, numbers, amounts, links, slots) is kept.
type folded struct {
	buf       []byte
	tokens    []token
	sentences []sentence
}

// word gives the folded form of token i.
func (f *folded) word(i int) []byte { return f.buf[f.tokens[i].lo:f.tokens[i].hi] }

// has reports whether token i carries the mark.
func (f *folded) has(i int, m mark) bool { return f.tokens[i].marks&m != 0 }
