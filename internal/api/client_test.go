package api

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith/client"
	"kith/internal/app"
)

const noSuchID = "00000000-0000-7000-8000-ffffffffffff"

// clientWords are arguments of the client's methods that are no id of anything.
var clientWords = map[string][]string{
	"Answer":        {noSuchID, "met", "yes"},
	"AnswerMany":    {"met"},
	"Cases":         {"open"},
	"DoneElsewhere": {noSuchID, "accepted"}, "EndSeeElsewhere": {noSuchID, "kept"},
	"Download":    {strings.Repeat("0", 64)},
	"MarkSeen":    {"0"},
	"Dismiss":     {"00"},
	"Draft":       {noSuchID, "verdict"},
	"Elsewhere":   {"received", "open"},
	"LookAtCase":  {"00"},
	"PeopleNamed": {"Ada"},
	"SetTie":      {noSuchID, "met"},
	"Uphold":      {"00"},
}

// withoutMethod are routes the client has no method for: a browser reads photos
// by the addresses a profile gives.
var withoutMethod = map[string]bool{"get-photo": true}

// Every method of the client names a route there is, sends what its schema
// takes and can read its answer; and every route has a method. What it is about
// is mostly not there, so that most answers are refusals, but refusals by the
// verb behind the route.
func TestEveryMethodOfTheClient(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		reached := map[string]bool{}
		mux := http.NewServeMux()
		for i := range policies {
			mux.HandleFunc(policies[i].method+" "+Prefix+policies[i].path, func(http.ResponseWriter, *http.Request) { reached[policies[i].id] = true })
		}
		for m := range reflect.TypeFor[*client.Client]().Methods() {
			w.ahead.Add(time.Minute.Microseconds()) // limits count by the minute
			op := w.memberAs("Op", app.Operator)
			c := op.client()
			c.HTTP.Transport = watched{c.HTTP.Transport, mux}
			args := []reflect.Value{reflect.ValueOf(c), reflect.ValueOf(t.Context())}
			words := clientWords[m.Name]
			for i := 2; i < m.Type.NumIn(); i++ {
				v := reflect.New(m.Type.In(i)).Elem()
				fillIn(v, "")
				if v.Kind() == reflect.String && len(words) > 0 {
					v.SetString(words[0])
					words = words[1:]
				}
				args = append(args, v)
			}
			call := m.Func.Call
			if m.Type.IsVariadic() {
				call = m.Func.CallSlice
			}
			out := call(args)
			err, _ := out[len(out)-1].Interface().(error)
			var p *client.Problem
			switch {
			case err == nil:
			case !errors.As(err, &p):
				t.Errorf("%s cannot read its answer: %v", m.Name, err)
			case p.Status == http.StatusMethodNotAllowed || strings.HasPrefix(p.Detail, noRoute):
				t.Errorf("%s has no route: %v", m.Name, err)
			case p.Detail == "validation failed" || p.Status == http.StatusBadRequest || p.Status >= http.StatusInternalServerError:
				t.Errorf("%s is not understood: %d %s: %v", m.Name, p.Status, p.Detail, p.Errors)
			}
		}
		for i := range policies {
			if id := policies[i].id; reached[id] == withoutMethod[id] {
				t.Errorf("%s: reached by the client: %v", id, reached[id])
			}
		}
	})
}

// watched shows a mux every request on its way.
type watched struct {
	http.RoundTripper
	mux *http.ServeMux
}

func (w watched) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mux.ServeHTTP(nil, r.Clone(r.Context()))
	return w.RoundTripper.RoundTrip(r)
}

// fillIn gives an argument something in every field its schema asks for.
func fillIn(v reflect.Value, tag reflect.StructTag) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(beginning.Add(48 * time.Hour)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(noSuchID)
		if first, _, _ := strings.Cut(tag.Get("enum"), ","); first != "" {
			v.SetString(first)
		}
	case reflect.Int:
		v.SetInt(1)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte("{}"))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillIn(v.Index(0), tag)
	case reflect.Struct:
		for f, field := range v.Fields() {
			chosen := f.Type.Kind() == reflect.String && f.Tag == "" // of a query: may be left out
			if f.IsExported() && !chosen && !strings.Contains(f.Tag.Get("json"), ",omit") {
				fillIn(field, f.Tag)
			}
		}
	case reflect.Interface:
		if v.Type() == reflect.TypeFor[io.Reader]() {
			v.Set(reflect.ValueOf(strings.NewReader("not a picture")))
		} else {
			v.Set(reflect.ValueOf(io.Discard))
		}
	}
}
