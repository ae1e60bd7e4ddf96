package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

func (s *service) blockRoutes() {
	handle(s, "list-blocks", s.listBlocks)
	handle(s, "block", func(ctx context.Context, who app.Actor, in *OnMember) (*struct{}, error) {
		return nil, s.app.Block(ctx, who, in.Member)
	})
	handle(s, "unblock", func(ctx context.Context, who app.Actor, in *OnMember) (*struct{}, error) {
		return nil, s.app.Unblock(ctx, who, in.Member)
	})
}

func (s *service) listBlocks(ctx context.Context, who app.Actor, in *Page) (*reply[client.Blocks], error) {
	after, err := readCursor("blocks", in.After)
	if err != nil {
		return nil, err
	}
	list, next, err := s.app.Blocks(ctx, who, kith.MemberID(after.ID), in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Blocks{Blocks: make([]client.Named, len(list)), Next: cursor("blocks", app.Cursor{ID: string(next)})}
	for i := range list {
		out.Blocks[i] = named(list[i])
	}
	return &reply[client.Blocks]{out}, nil
}
