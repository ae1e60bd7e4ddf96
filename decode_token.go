package kith

import (
	"bytes"
	"encoding/json"
	"io"
)

// tokens gives JSON piece by piece, numbers as they are written.
type tokens interface {
	Token() (json.Token, error)
	// More reports whether the list or object that is open holds more.
	More() bool
}

// tokensOf gives the pieces of data, which is UTF-8. What is not one JSON value is left to
// encoding/json, which finds the place and the words for what is wrong.
func tokensOf(data []byte) tokens {
	if !json.Valid(data) {
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		return d
	}
	return &scan{rest: data}
}

// scan cuts up what is known to be one JSON value. Cases are small and many: a
// json.Decoder would take as long as the judgement.
type scan struct{ rest []byte }

// next drops what only stands between pieces.
func (s *scan) next() {
	s.rest = bytes.TrimLeft(s.rest, " \t\r\n,:")
}

// More is as json.Decoder has it.
func (s *scan) More() bool {
	s.next()
	return len(s.rest) > 0 && s.rest[0] != '}' && s.rest[0] != ']'
}

// Token is as json.Decoder has it.
func (s *scan) Token() (json.Token, error) {
	s.next()
	if len(s.rest) == 0 {
		return nil, io.EOF
	}
	switch c := s.rest[0]; c {
	case '{', '}', '[', ']':
		s.rest = s.rest[1:]
		return json.Delim(c), nil
	case '"':
		return s.text()
	}
	word := s.rest
	if end := bytes.IndexAny(word, " \t\r\n,]}"); end >= 0 {
		word = word[:end]
	}
	s.rest = s.rest[len(word):]
	switch word[0] {
	case 't', 'f':
		return word[0] == 't', nil
	case 'n':
		return nil, nil
	}
	return json.Number(word), nil
}

// text reads a string.
func (s *scan) text() (json.Token, error) {
	end := 1 + bytes.IndexByte(s.rest[1:], '"')
	if bytes.IndexByte(s.rest[:end], '\\') < 0 {
		text := string(s.rest[1:end])
		s.rest = s.rest[end+1:]
		return text, nil
	}
	for end = 1; s.rest[end] != '"'; end++ {
		if s.rest[end] == '\\' {
			end++
		}
	}
	var text string
	err := json.Unmarshal(s.rest[:end+1], &text)
	s.rest = s.rest[end+1:]
	return text, err
}
