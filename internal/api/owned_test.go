package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/client"
	"kith/internal/app"
	"kith/internal/store"
)

// ownedBodies are what the writes to a thing of one's own send.
var ownedBodies = map[string]any{
	"rename-passkey":      client.Name{Name: "Key"},
	"done-elsewhere":      map[string]any{"did": "accepted"},
	"answered-elsewhere":  map[string]any{"came": true},
	"ended-see-elsewhere": map[string]any{"how": "kept"},
	"snooze-elsewhere":    map[string]any{"until": beginning.Add(48 * time.Hour)},
	"uphold-case":         client.Ruling{Step: "paused", Weeks: 1},
	"dismiss-case":        client.Remark{},
}

// Whatever belongs to somebody else is not there: every route about one thing
// of a member's own answers another member, whatever their role, as it answers
// an id of nothing, to the byte; and it changes nothing. Only the desk's and the
// operator's routes reach further, and only for their role.
func TestWhatIsAnothersIsNotThere(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, operator := w.member("Ada Brandt"), w.memberAs("Op", app.Operator)
		ada.gather(t.Context())
		for _, role := range []app.Role{app.Ordinary, app.Moderator, app.Operator} {
			eve := w.memberAs("Eve Stone", role)
			for i := range policies {
				p := &policies[i]
				list, _, one := strings.Cut(p.path, "/{id}")
				office := p.tag == "moderation" || strings.HasPrefix(p.path, "/operator/")
				if !one || list == "/invitations" || office && role != app.Ordinary {
					continue
				}
				owner := ada
				if office {
					owner = operator
				}
				before := owner.do(http.MethodGet, list, nil)
				ids := owner.shown(list)
				if len(ids) == 0 {
					t.Fatalf("%s: the owner has none: %s", p.id, before)
				}
				theirs, none := eve.about(p, ids[0]), eve.about(p, nothingLike(ids[0]))
				if theirs.String() != none.String() {
					t.Errorf("%s, role %d: another's answers %s\nand nothing %s", p.id, role, theirs, none)
				}
				want := http.StatusNotFound
				if office {
					want = http.StatusForbidden
				}
				if theirs.status != want {
					t.Errorf("%s, role %d: %d, want %d: %s", p.id, role, theirs.status, want, theirs.body)
				}
				if after := owner.do(http.MethodGet, list, nil); string(after.body) != string(before.body) {
					t.Errorf("%s, role %d, changed %s\nto %s", p.id, role, before.body, after.body)
				}
			}
		}
	})
}

// about does what a route does to one thing.
func (c *caller) about(p *policy, id string) answer {
	c.w.ahead.Add(time.Minute.Microseconds()) // limits count by the minute, and say how many are left
	return c.do(p.method, strings.ReplaceAll(p.path, "{id}", id), ownedBodies[p.id])
}

// nothingLike gives an id of the same form that names nothing.
func nothingLike(id string) string {
	end := "e"
	if strings.HasSuffix(id, end) {
		end = "d"
	}
	return id[:len(id)-1] + end
}

// gather gives a member one of everything a member can have, and the desk and
// the operator something to do.
func (c *caller) gather(ctx context.Context) {
	w, me := c.w, c.client()
	_, err := me.CreateToken(ctx, client.NewToken{Name: "Laptop", Scopes: "read"})
	w.must(err)
	_, err = me.Import(ctx, client.File{Name: "Invitations.csv", Reader: strings.NewReader(invitations)})
	w.must(err)
	other := w.member("Bo Lindqvist")
	id := invite(other, c)
	_, err = me.Ask(ctx, id, "Where did we meet?")
	w.must(err)
	w.must(me.Report(ctx, client.Accusation{On: "profile", ID: other.id, Reason: "spam"}))
	w.drain()
	owner := kith.MemberID(c.id)
	w.must(w.db.Write(ctx, func(tx *store.Tx) error {
		code := store.Code{Owner: owner, ID: w.newID(), CreatedAt: w.now(), ExpiresAt: w.now().Add(kith.Day)}
		if err := tx.AddCode(&code, "of "+c.id); err != nil {
			return err
		}
		return tx.AddPasskey(&store.Passkey{Owner: owner, ID: "a2V5" + c.id, Name: "Key", Credential: "{}", CreatedAt: w.now()})
	}))
	w.must(w.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.AddDuty(&store.Duty{Owner: owner, Effect: "mail/1", Kind: "mail", Long: true, DueAt: w.now(), Body: "{}"}); err != nil {
			return err
		}
		claimed, err := tx.ClaimDuties(store.DutySort{Long: true}, "lease", kith.Day, 1)
		if err != nil {
			return err
		}
		return tx.BuryDuty(&claimed[0], "the mail server is asleep")
	}))
}
