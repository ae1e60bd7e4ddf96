package app

import (
	"testing"
)

func TestMeIsTheAccount(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		me, err := w.Me(t.Context(), ada)
		w.must(err)
		if me.Name != "Ada Brandt" || me.ID != ada.ID {
			t.Errorf("I am %+v", me)
		}
		if _, err := w.Me(t.Context(), Actor{}); err == nil {
			t.Error("nobody is somebody")
		}
	})
}
