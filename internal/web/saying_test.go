package web

import (
	"context"
	"testing"

	"kith"
)

func TestAReasonSpeaksTheLanguageOfThePage(t *testing.T) {
	k12 := "K12"
	for key, english := range sentences {
		if key == "signal." || english == "" {
			t.Errorf("%q says %q", key, english)
		}
	}
	reason := kith.Reason{Signal: "met-observed", Text: "You have met: the summer school. The articles disagree here; it counts.", SettledBy: &k12}
	for _, test := range []struct {
		texts catalogue
		want  string
	}{
		{catalogue{}, reason.Text},
		{catalogue{"signal.met-observed": "Ihr seid euch begegnet{}."}, "Ihr seid euch begegnet: the summer school."},
		{catalogue{"signal.met-observed": "Begegnet{}.", "settled.K12": "Das zählt."}, "Begegnet: the summer school. Das zählt."},
		{catalogue{"signal.met-observed": "Begegnet."}, "Begegnet."},
	} {
		if got := saying(context.WithValue(t.Context(), catalogueKey{}, test.texts), &reason); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
