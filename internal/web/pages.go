package web

import (
	"net/url"
	"strconv"
	"time"

	"kith"
	"kith/internal/app"
)

// cursorOf reads where a list goes on from an address.
func cursorOf(query url.Values) app.Cursor {
	at, err := strconv.ParseInt(query.Get("before"), 10, 64)
	if err != nil || at <= 0 {
		return app.Cursor{}
	}
	return app.Cursor{At: time.UnixMicro(at), ID: kith.CleanLine(query.Get("id"))}
}

// cursorQuery writes it into one.
func cursorQuery(c app.Cursor) string {
	return url.Values{"before": {strconv.FormatInt(c.At.UnixMicro(), 10)}, "id": {c.ID}}.Encode()
}
