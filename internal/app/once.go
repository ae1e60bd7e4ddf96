package app

import (
	"context"
	"encoding/json"

	"kith"
	"kith/internal/store"
)

// MaxKey is how many letters an idempotency key may have.
const MaxKey = 255

// errKeyReused answers a key that came before with another request.
var errKeyReused = &kith.Error{Kind: kith.Invalid, Field: "Idempotency-Key",
	Msg: "this key was used for another request; take a new one for each thing to be done"}

// Once does something once for a key: the first time do runs, and its answer is
// kept in the same transaction as its effect; later the kept answer is put into
// answer and nothing is done. request is what was asked, in any form that is
// equal for equal requests; another request under the same key is refused. A
// failure is not kept: it had no effect. Without a key do just runs.
//
// do gives its answer as a value that JSON keeps.
func Once[T any](ctx context.Context, a *App, who Actor, key, request string, do func(context.Context) (T, error)) (answer T, err error) {
	if key == "" {
		return do(ctx)
	}
	if len(key) > MaxKey {
		return answer, invalid("Idempotency-Key", "a key has at most 255 letters")
	}
	err = a.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		first, asked, kept, err := tx.Once(who.ID, key, request)
		if err != nil {
			return err
		}
		if !first {
			answer, err = again[T](asked, request, kept)
			return err
		}
		if answer, err = do(ctx); err != nil {
			return err
		}
		data, err := json.Marshal(answer)
		if err != nil {
			return err
		}
		return tx.AnswerOnce(who.ID, key, string(data))
	})
	return answer, err
}

// before gives the answer kept under a key, for what reads a request only if it
// must; ok is false if there is none.
func before[T any](ctx context.Context, a *App, who Actor, key, request string) (answer T, ok bool, err error) {
	if key == "" {
		return answer, false, nil
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		asked, kept, found, err := tx.Kept(who.ID, key)
		if ok = found; err != nil || !ok {
			return err
		}
		answer, err = again[T](asked, request, kept)
		return err
	})
	return answer, ok, err
}

// again reads an answer that was kept.
func again[T any](asked, request, kept string) (answer T, err error) {
	if asked != request {
		return answer, errKeyReused
	}
	err = json.Unmarshal([]byte(kept), &answer)
	return answer, err
}
