package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kith"
)

// answerFile holds what the member answered, by person.
type answerFile struct {
	path  string
	byKey map[string]kith.Answers
}

// readAnswers reads a file of answers; one that is not there is empty.
func readAnswers(path string) (*answerFile, error) {
	f := &answerFile{path: path, byKey: map[string]kith.Answers{}}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: path, Msg: "cannot be read: " + plainCause(err), Err: err}
	}
	var tree map[string]map[string]string
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: path, Msg: "is not a file of answers; name another with --answers", Err: err}
	}
	for key, given := range tree {
		var a kith.Answers
		for id, word := range given {
			q, known := kith.ParseQuestion(id)
			v, ok := kith.ParseAnswer(word)
			if !known || !ok {
				return nil, &kith.Error{Kind: kith.Invalid, Field: path + ": " + kith.CleanLine(key+"."+id), Msg: "is no answer Kith knows"}
			}
			a[q] = v
		}
		f.byKey[key] = a
	}
	return f, nil
}

// set notes one answer.
func (f *answerFile) set(key string, q kith.QuestionID, a kith.Answer) {
	answers := f.byKey[key]
	answers[q] = a
	f.byKey[key] = answers
}

// save writes the file. It is called after every answer, so that an interrupted
// round loses nothing.
func (f *answerFile) save() error {
	tree := map[string]map[string]string{}
	for key, answers := range f.byKey {
		given := map[string]string{}
		for _, q := range kith.Questions() {
			if a := answers[q]; a != kith.NotAnswered {
				given[q.String()] = a.String()
			}
		}
		if len(given) > 0 {
			tree[key] = given
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(tree); err != nil {
		return err
	}
	return writePrivate(f.path, out.Bytes())
}

// writePrivate writes a whole file that only its owner can read: what Kith
// writes holds other people's data. A failure leaves the old file as it was.
func writePrivate(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".kith-*")
	if err != nil {
		return &kith.Error{Kind: kith.Invalid, Field: path, Msg: "cannot be written: " + plainCause(err), Err: err}
	}
	defer os.Remove(tmp.Name()) // fails once it was renamed, as it should
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(0o600), tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return &kith.Error{Kind: kith.Invalid, Field: path, Msg: "cannot be written: " + plainCause(err), Err: err}
	}
	return nil
}
