package api

import (
	"bytes"
	"context"
	"io"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kith/client"
	"kith/internal/app"
)

// judging is how often cases may be judged over HTTP: nothing is read or kept,
// so what bounds it is that one caller leaves the others room.
var judging = rate{"judging", 60000, 6000}

// maxCase is how many bytes of a case are read: more than kith.DecodeCase takes,
// which says so.
const maxCase = 1<<20 + 1

// rawCase is a case as it came: read strictly, by kith.DecodeCase and nothing
// else.
type rawCase struct {
	Trace bool `query:"trace" doc:"list what every signal said"`
	body  []byte
}

// Resolve reads the body, which huma leaves alone.
func (in *rawCase) Resolve(c huma.Context) []error {
	// An error only means that the connection cannot be timed.
	_ = c.SetReadDeadline(time.Now().Add(bodyTimeout))
	var err error
	if in.body, err = io.ReadAll(io.LimitReader(c.BodyReader(), maxCase)); err != nil {
		return []error{&huma.ErrorDetail{Location: "body", Message: "the case did not arrive whole; send it again"}}
	}
	return nil
}

// rawVerdict is a verdict written already.
type rawVerdict struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *service) verdictRoutes() {
	handle(s, "get-verdict", func(ctx context.Context, who app.Actor, in *OnInvitation) (*reply[client.Judged], error) {
		j, err := s.app.Verdict(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		j.Verdict.Trace = nil
		return &reply[client.Judged]{wireJudged(&j)}, nil
	})
	handle(s, "explain-invitation", func(ctx context.Context, who app.Actor, in *OnInvitation) (*reply[client.Explanation], error) {
		e, err := s.app.Explain(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		return &reply[client.Explanation]{wireExplanation(&e)}, nil
	})
	handle(s, "judge", func(_ context.Context, who app.Actor, in *rawCase) (*rawVerdict, error) {
		v, err := s.app.Judge(who, in.body, in.Trace)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		if err := strictJSON.Marshal(&out, v); err != nil {
			return nil, err
		}
		return &rawVerdict{"application/json", out.Bytes()}, nil
	})
	if item := s.api.OpenAPI().Paths["/judge"]; item != nil && item.Post != nil {
		given := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeObject, Description: "a case: docs/case.schema.json"}}
		item.Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": given}}
	}
}

func wireJudged(j *app.Judged) client.Judged {
	return client.Judged{N: j.N, At: j.At, Side: j.Side.String(), Verdict: j.Verdict}
}

func wireExplanation(e *app.Explanation) client.Explanation {
	now := &e.Now
	out := client.Explanation{
		Name: e.Name, Verdict: wireJudged(now), Grounds: make([]client.Ground, len(now.Grounds)), Facts: make([]client.Fact, len(now.Facts)),
		Sources: make([]client.Source, len(now.Sources)), Earlier: make([]client.Judged, len(e.Earlier)), Events: make([]client.Event, len(e.Events)),
		Terms: client.Terms{Goals: slices.Clone(now.Terms.Goals), Stance: now.Terms.Stance, Rules: make([]client.TermRule, len(now.Terms.Rules))},
	}
	for i, r := range now.Terms.Rules {
		out.Terms.Rules[i] = client.TermRule{Name: r.Name, Value: r.Value, When: r.When.String()}
	}
	for i, g := range now.Grounds {
		out.Grounds[i] = client.Ground(g)
	}
	for i, f := range now.Facts {
		out.Facts[i] = client.Fact(f)
	}
	for i, src := range now.Sources {
		out.Sources[i] = client.Source(src)
	}
	for i := range e.Earlier {
		out.Earlier[i] = wireJudged(&e.Earlier[i])
	}
	for i := range e.Events {
		out.Events[i] = wireEvent(&e.Events[i])
	}
	if e.Bounds != nil {
		out.Bounds = &client.Bounds{Ask: e.Bounds.Ask, Accept: e.Bounds.Accept}
	}
	return out
}
