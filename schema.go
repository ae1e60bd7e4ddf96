package kith

import (
	"encoding/json"
	"reflect"
	"strings"
)

// CaseSchema is the JSON Schema (2020-12) of a case, generated from the Go
// types that [DecodeCase] fills.
func CaseSchema() []byte {
	s := object(reflect.TypeFor[Case](), true)
	s["required"] = []string{"side"}
	return document(s, "case", "A case: everything for one decision. "+
		"A field that is absent or null is unknown; \"n/a\" is not applicable; 0, false, \"\", [] and \"none\" are observed.")
}

// VerdictSchema is the JSON Schema (2020-12) of a verdict.
func VerdictSchema() []byte {
	return document(object(reflect.TypeFor[Verdict](), false), "verdict", "A verdict: what Kith says of one case.")
}

type schema = map[string]any

func document(s schema, name, about string) []byte {
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "urn:kith:" + name
	s["title"] = name
	s["description"] = about
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil // maps of strings always marshal
	}
	return append(out, '\n')
}

// object describes a struct. Of what comes in every field may be left out or
// null; of what goes out every field without omitempty is there.
func object(t reflect.Type, in bool) schema {
	props := schema{}
	var required []string
	for _, f := range fieldsOf(t) {
		sf := t.FieldByIndex(f.index)
		p := describe(sf.Type, in)
		if in {
			p = schema{"anyOf": []any{p, schema{"type": "null"}}}
		} else if !strings.Contains(sf.Tag.Get("json"), "omitempty") {
			required = append(required, f.name)
		}
		p["description"] = f.about
		props[f.name] = p
	}
	s := schema{"type": "object", "properties": props, "additionalProperties": false}
	if required != nil {
		s["required"] = required
	}
	return s
}

func describe(t reflect.Type, in bool) schema {
	switch {
	case isOpt(t):
		val, _ := t.FieldByName("Val")
		return fact(describe(val.Type, in))
	case t == timeType:
		return schema{"type": "string", "anyOf": []any{schema{"format": "date-time"}, schema{"format": "date"}}}
	case t == goalsType:
		var words []string
		for _, g := range AllGoals() {
			words = append(words, g.String(), g.Info().Code)
		}
		return schema{"type": "array", "items": schema{"enum": words}}
	case t == answersType:
		props := schema{}
		for _, q := range Questions() {
			props[q.String()] = describe(reflect.TypeFor[Answer](), in)
		}
		return schema{"type": "object", "properties": props, "additionalProperties": false}
	case t == switchType:
		return schema{"anyOf": []any{describe(reflect.TypeFor[RuleMode](), in), object(t, in)}}
	case t == reflect.TypeFor[NoteFacts]():
		return schema{"anyOf": []any{object(t, in), schema{"type": "string", "description": "the text alone"}}}
	case t.Implements(wordType):
		return wordSchema(reflect.Zero(t).Interface().(word))
	}
	return describeKind(t, in)
}

func describeKind(t reflect.Type, in bool) schema {
	switch t.Kind() {
	case reflect.Pointer:
		return schema{"anyOf": []any{describe(t.Elem(), in), schema{"type": "null"}}}
	case reflect.Slice:
		return schema{"type": "array", "items": describe(t.Elem(), in)}
	case reflect.Struct:
		return object(t, in)
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int:
		return schema{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return schema{"type": "number"}
	}
	if words := outWords(t); words != nil {
		return schema{"enum": words}
	}
	return schema{"type": "string"}
}

// fact adds the ways in which a fact can be observed absent or not apply.
func fact(val schema) schema {
	also := []string{"n/a"}
	switch val["type"] {
	case "array":
		also = append(also, "none")
	case "string":
		return val // "none" and "n/a" are texts already
	}
	return schema{"anyOf": []any{val, schema{"enum": also}}}
}

func wordSchema(w word) schema {
	var words []any
	for i, s := range w.words() {
		if s != "" {
			words = append(words, s)
		}
		if i == 0 && s == "none" {
			words = append(words, "")
		}
	}
	if _, ok := w.(truth); ok {
		words = append(words, true, false)
	}
	return schema{"enum": words}
}

// outWords lists the words of the string types a verdict is made of.
func outWords(t reflect.Type) []string {
	switch t {
	case reflect.TypeFor[Decision]():
		var words []string
		seen := map[Decision]bool{}
		for _, side := range []Side{Receive, Send, Connected, Introduce} {
			for _, d := range Decisions(side) {
				if !seen[d] {
					seen[d] = true
					words = append(words, string(d))
				}
			}
		}
		return words
	case reflect.TypeFor[Band]():
		return []string{string(BandYes), string(BandLikely), string(BandUnclear), string(BandUnlikely), string(BandNo)}
	case reflect.TypeFor[Tag]():
		return []string{string(TagFact), string(TagInference), string(TagAnswer), string(TagUnknown)}
	}
	return nil
}
