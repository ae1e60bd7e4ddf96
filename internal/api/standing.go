package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

func (s *service) standingRoutes() {
	handle(s, "get-standing", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Standing], error) {
		return standing(s.app.Standing(ctx, who))
	})
	handle(s, "appeal", func(ctx context.Context, who app.Actor, in *struct{ Body client.Plea }) (*reply[client.Standing], error) {
		return standing(s.app.Appeal(ctx, who, in.Body.Words))
	})
}

// standing answers with what a verb gave.
func standing(st app.Standing, err error) (*reply[client.Standing], error) {
	if err != nil {
		return nil, err
	}
	return &reply[client.Standing]{wireStanding(&st)}, nil
}

func wireStanding(st *app.Standing) client.Standing {
	return client.Standing{Budget: st.Budget, Left: st.Left, RenewsAt: st.RenewsAt, Step: st.Step.String(), Until: st.Until,
		Accepted: st.Accepted, Reasons: append([]string{}, st.Reasons...), Appeal: st.Appeal, MayAppeal: st.MayAppeal}
}
