package app

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"kith"
)

// Fact is one known fact of a case as an explanation shows it.
type Fact struct {
	// Path is its place in the case, as kith judge writes it
	// ("relation.mutual").
	Path string `json:"path"`
	// Value is its JSON; empty if the fact does not apply.
	Value json.RawMessage `json:"value,omitempty"`
	// Source says where it was seen ("your calendar"), empty if it was concluded
	// from other facts; At is when it was observed or happened, if known.
	Source string    `json:"source,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// knownFacts lists what a case knows, in the order of its fields. What is
// unknown is left out: it plays no part in a decision.
func knownFacts(f *kith.Facts) ([]Fact, error) {
	var out []Fact
	for _, part := range []struct {
		path string
		of   any
	}{{"person", &f.Person}, {"relation", &f.Relation}, {"note", &f.Note}, {"history", &f.History}} {
		v := reflect.ValueOf(part.of).Elem()
		for i := range v.NumField() {
			fact, known, err := factOf(part.path, v.Type().Field(i), v.Field(i))
			if err != nil {
				return nil, err
			}
			if known {
				out = append(out, fact)
			}
		}
	}
	for _, q := range kith.Questions() {
		if a := f.Answers[q]; a != kith.NotAnswered {
			value, err := json.Marshal(a.String())
			if err != nil {
				return nil, err
			}
			out = append(out, Fact{Path: "answers." + q.String(), Value: value, Source: kith.FromMember.String()})
		}
	}
	return out, nil
}

// factOf shows one field of a case, some kith.Opt.
func factOf(part string, field reflect.StructField, v reflect.Value) (Fact, bool, error) {
	state, _ := v.FieldByName("State").Interface().(kith.State)
	source, _ := v.FieldByName("Source").Interface().(kith.Source)
	at, _ := v.FieldByName("At").Interface().(time.Time)
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	fact := Fact{Path: part + "." + name, Source: source.String(), At: at}
	switch state {
	case kith.Unknown:
		return fact, false, nil
	case kith.NotApplicable:
		return fact, true, nil
	}
	val := v.FieldByName("Val")
	value := val.Interface()
	switch w, ok := value.(fmt.Stringer); {
	case ok && val.Kind() == reflect.Uint8:
		value = w.String() // a word, written as in a case
	case val.Kind() == reflect.Slice && val.Len() == 0:
		value = []string{} // observed to be empty
	}
	data, err := json.Marshal(value)
	fact.Value = data
	return fact, true, err
}
