package kith

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Bounds of a case's JSON. They are far above any honest case and far below
// what could hurt.
const (
	maxCaseBytes  = 1 << 20
	maxDepth      = 16
	maxTextLength = 64 << 10 // bytes of one string
	maxListLength = 1000
)

// DecodeCase reads one case from JSON, strictly. An unknown field, a wrong
// type, a wrong word, a number out of range, a duplicate or anything after the
// case is an [Error] whose Field is the path of the value
// ("person.positions[2].from"). Absent and null mean unknown, "n/a" not
// applicable; 0, false, "", [] and "none" are observed.
func DecodeCase(data []byte) (Case, error) {
	var c Case
	if len(data) > maxCaseBytes {
		return c, &Error{Kind: Limit, Msg: fmt.Sprintf("a case is at most %d bytes of JSON", maxCaseBytes)}
	}
	if !utf8.Valid(data) {
		return c, invalid("", "not valid UTF-8; write the case in UTF-8")
	}
	d := decoder{tokensOf(data)}
	if err := d.value(reflect.ValueOf(&c).Elem(), "", 0); err != nil {
		return Case{}, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Case{}, invalid("", "more after the case; with --lines each case stands on a line of its own")
	}
	if c.Side == 0 {
		return Case{}, invalid("side", "missing; one of "+spell(Side(0)))
	}
	return c, nil
}

type decoder struct{ tokens }

var (
	timeType    = reflect.TypeFor[time.Time]()
	goalsType   = reflect.TypeFor[Goals]()
	answersType = reflect.TypeFor[Answers]()
	switchType  = reflect.TypeFor[Switch]()
	wordType    = reflect.TypeFor[word]()
)

// value reads the next JSON value into v, which stands at path.
func (d decoder) value(v reflect.Value, path string, depth int) error {
	tok, err := d.token(path)
	if err != nil {
		return err
	}
	return d.from(tok, v, path, depth)
}

func (d decoder) token(path string) (json.Token, error) {
	tok, err := d.Token()
	if err == nil {
		return tok, nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, &Error{Kind: Invalid, Field: path, Msg: "the JSON ends too early", Err: err}
	}
	msg := strings.TrimPrefix(err.Error(), "json: ")
	return nil, &Error{Kind: Invalid, Field: path, Msg: "not JSON: " + msg, Err: err}
}

// from reads the value that starts with tok into v.
func (d decoder) from(tok json.Token, v reflect.Value, path string, depth int) error {
	if depth > maxDepth {
		return &Error{Kind: Limit, Field: path, Msg: "nested too deep"}
	}
	if tok == nil { // null: as if the field were not there
		return nil
	}
	t := v.Type()
	switch {
	case isOpt(t):
		return d.opt(tok, v, path, depth)
	case t == timeType:
		return decodeTime(tok, v, path)
	case t == goalsType:
		return d.goals(tok, v, path)
	case t == answersType:
		return d.answers(tok, v, path)
	case t == switchType && tok != json.Delim('{'): // short form: "photo-required": "always"
		return d.from(tok, v.Field(0), path, depth)
	case t.Implements(wordType):
		return decodeWord(tok, v, path)
	}
	switch t.Kind() {
	case reflect.Struct:
		return d.object(tok, v, path, depth)
	case reflect.Slice:
		return d.list(tok, v, path, depth)
	}
	return decodeScalar(tok, v, path)
}

// object reads an object into a struct. The note may be given as its text
// alone.
func (d decoder) object(tok json.Token, v reflect.Value, path string, depth int) error {
	if v.Type() == reflect.TypeFor[NoteFacts]() && tok != json.Delim('{') {
		return d.from(tok, v.FieldByName("Text"), path, depth)
	}
	if tok != json.Delim('{') {
		return wrongType(path, "an object", tok)
	}
	fields := fieldsOf(v.Type())
	seen := make([]bool, len(fields))
	for d.More() {
		name, err := d.name(path)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if i < 0 {
			return invalid(join(path, name), "unknown field")
		}
		at := name
		if path != "" {
			at = path + "." + name
		}
		if seen[i] {
			return invalid(at, "given twice")
		}
		seen[i] = true
		if err := d.value(v.FieldByIndex(fields[i].index), at, depth+1); err != nil {
			return err
		}
	}
	_, err := d.token(path) // the closing brace
	return err
}

// name reads an object key.
func (d decoder) name(path string) (string, error) {
	tok, err := d.token(path)
	if err != nil {
		return "", err
	}
	return tok.(string), nil // encoding/json gives object keys as strings only
}

func (d decoder) list(tok json.Token, v reflect.Value, path string, depth int) error {
	if tok == "none" {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return nil
	}
	if tok != json.Delim('[') {
		return wrongType(path, "a list", tok)
	}
	out := reflect.MakeSlice(v.Type(), 0, 4)
	for i := 0; d.More(); i++ {
		if i == maxListLength {
			return &Error{Kind: Limit, Field: path, Msg: fmt.Sprintf("more than %d entries", maxListLength)}
		}
		at := fmt.Sprintf("%s[%d]", path, i)
		el := reflect.New(v.Type().Elem()).Elem()
		item, err := d.token(at)
		if err != nil {
			return err
		}
		if item == nil {
			return invalid(at, "null in a list; leave the entry out")
		}
		if err := d.from(item, el, at, depth+1); err != nil {
			return err
		}
		out = reflect.Append(out, el)
	}
	v.Set(out)
	_, err := d.token(path)
	return err
}

// opt reads one fact: "n/a", or a value that was observed.
func (d decoder) opt(tok json.Token, v reflect.Value, path string, depth int) error {
	val, state := v.FieldByName("Val"), v.FieldByName("State")
	if tok == "n/a" {
		state.Set(reflect.ValueOf(NotApplicable))
		return nil
	}
	if tok == "none" && val.Kind() == reflect.String {
		tok = "" // "none" is how a text is observed to be absent
	}
	if err := d.from(tok, val, path, depth); err != nil {
		return err
	}
	observed := Present
	if val.IsZero() || val.Kind() == reflect.Slice && val.Len() == 0 {
		observed = Absent
	}
	state.Set(reflect.ValueOf(observed))
	return nil
}

func (d decoder) goals(tok json.Token, v reflect.Value, path string) error {
	var words []string
	if err := d.list(tok, reflect.ValueOf(&words).Elem(), path, 0); err != nil {
		return err
	}
	var set Goals
	for i, w := range words {
		g, ok := ParseGoal(w)
		if !ok {
			return invalid(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("%q is no goal; one of %s, or G1 to G18", w, goalWords()))
		}
		set |= GoalSet(g)
	}
	v.Set(reflect.ValueOf(set))
	return nil
}

func goalWords() string {
	var words []string
	for _, g := range AllGoals() {
		words = append(words, g.String())
	}
	return strings.Join(words, ", ")
}

func (d decoder) answers(tok json.Token, v reflect.Value, path string) error {
	if tok != json.Delim('{') {
		return wrongType(path, "an object", tok)
	}
	for d.More() {
		name, err := d.name(path)
		if err != nil {
			return err
		}
		at := join(path, name)
		q, ok := ParseQuestion(name)
		if !ok {
			return invalid(at, "no question has this id; one of "+strings.Join(questionWords[:], ", "))
		}
		el := v.Index(int(q))
		if !el.IsZero() {
			return invalid(at, "given twice")
		}
		if err := d.value(el, at, 0); err != nil {
			return err
		}
	}
	_, err := d.token(path)
	return err
}

func decodeWord(tok json.Token, v reflect.Value, path string) error {
	w := v.Interface().(word)
	switch x := tok.(type) {
	case bool:
		if t, ok := w.(truth); ok {
			no, yes := t.truth()
			v.SetUint(uint64(no))
			if x {
				v.SetUint(uint64(yes))
			}
			return nil
		}
	case string:
		if n, ok := parseWord(w, x); ok {
			v.SetUint(uint64(n))
			return nil
		}
		if x == "" && w.words()[0] == "none" {
			v.SetUint(0)
			return nil
		}
		return invalid(path, fmt.Sprintf("%q is none of %s", clip(x), spell(w)))
	}
	return wrongType(path, "one of "+spell(w), tok)
}

func decodeTime(tok json.Token, v reflect.Value, path string) error {
	s, ok := tok.(string)
	if !ok {
		return wrongType(path, "a time like 2026-11-22T18:00:00Z", tok)
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t, err = time.Parse(time.DateOnly, s)
	}
	if err != nil || t.IsZero() {
		return invalid(path, fmt.Sprintf("%q is no time; write 2026-11-22T18:00:00Z or 2026-11-22", clip(s)))
	}
	v.Set(reflect.ValueOf(t))
	return nil
}

func decodeScalar(tok json.Token, v reflect.Value, path string) error {
	switch v.Kind() {
	case reflect.Bool:
		b, ok := tok.(bool)
		if !ok {
			return wrongType(path, "true or false", tok)
		}
		v.SetBool(b)
	case reflect.Int:
		n, ok := tok.(json.Number)
		if !ok {
			return wrongType(path, "a number", tok)
		}
		i, err := strconv.ParseInt(n.String(), 10, 32)
		if err != nil || i < 0 {
			return invalid(path, clip(n.String())+" is out of range; a whole number from 0")
		}
		v.SetInt(i)
	case reflect.String:
		s, ok := tok.(string)
		if !ok {
			return wrongType(path, "a text", tok)
		}
		if len(s) > maxTextLength {
			return &Error{Kind: Limit, Field: path, Msg: fmt.Sprintf("longer than %d bytes", maxTextLength)}
		}
		v.SetString(Clean(s))
	default:
		return &Error{Kind: Internal, Field: path, Msg: "cannot be read"}
	}
	return nil
}

func wrongType(path, want string, tok json.Token) error {
	got := "an object"
	switch x := tok.(type) {
	case string:
		got = "the text " + strconv.Quote(clip(x))
	case json.Number:
		got = "the number " + clip(x.String())
	case bool:
		got = strconv.FormatBool(x)
	case json.Delim:
		if x == '[' {
			got = "a list"
		}
	}
	return invalid(path, "want "+want+", got "+got)
}

// clip shortens what a message quotes.
func clip(s string) string {
	if s = CleanLine(s); utf8.RuneCountInString(s) > 40 {
		return string([]rune(s)[:40]) + "…"
	}
	return s
}

func join(path, name string) string {
	if name = clip(name); path == "" {
		return name
	}
	return path + "." + name
}

// field is one JSON field of a struct; embedded structs are flattened.
type field struct {
	name, about string
	index       []int
}

func fieldsOf(t reflect.Type) []field {
	if known, ok := knownFields.Load(t); ok {
		return known.([]field)
	}
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		out = append(out, field{name, f.Tag.Get("about"), f.Index})
	}
	knownFields.Store(t, out)
	return out
}

// knownFields keeps what fieldsOf found, by type: the types never change.
var knownFields sync.Map

// isOpt reports whether t is some Opt[T].
func isOpt(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "Opt[") && t.PkgPath() == ownPath
}

// ownPath is this package's own import path.
var ownPath = reflect.TypeFor[Error]().PkgPath()
