package app

import (
	"errors"
	"net/http"

	"kith"
)

// TooMany as the field of a Busy error says that whoever asks has asked too
// often, not that the service is busy.
const TooMany = "rate"

// statuses is how each kind of failure is said in HTTP.
var statuses = map[kith.Kind]int{
	kith.Internal: http.StatusInternalServerError,
	kith.Invalid:  http.StatusUnprocessableEntity,
	kith.NotFound: http.StatusNotFound,
	kith.Limit:    http.StatusRequestEntityTooLarge,
	kith.Conflict: http.StatusConflict,
	kith.Denied:   http.StatusForbidden,
	kith.SignIn:   http.StatusUnauthorized,
	kith.Busy:     http.StatusServiceUnavailable,
}

// Status gives the HTTP status of a failure, the same on every face.
func Status(err error) int {
	var e *kith.Error
	if errors.As(err, &e) && e.Kind == kith.Busy && e.Field == TooMany {
		return http.StatusTooManyRequests
	}
	return statuses[kith.KindOf(err)]
}
