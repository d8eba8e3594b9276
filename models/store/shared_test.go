package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// TestViewersAreThoseWhoAreThere opens pages of several people, lets one of them expire and closes another one.
func TestViewersAreThoseWhoAreThere(t *testing.T) {
	eachGuarded(t, func(t *testing.T, g guarded) {
		rao, sato := people(t, g.Store)
		open := func(page string, who models.Actor, about, since string) {
			t.Helper()
			must(t, g.Share(ctx, store.Shared{Kind: store.SharedViewer, Ref: page, User: who.ID, About: about, Data: since}, time.Minute))
		}
		see := func(who models.Actor, want ...models.Viewer) {
			t.Helper()
			got, err := g.Viewers(ctx, "topic:awareness", who.ID)
			if err != nil || fmt.Sprint(got) != fmt.Sprint(append([]models.Viewer{}, want...)) {
				t.Errorf("%s sees %v, %v; want %v", who.Name, got, err, want)
			}
		}
		raoThere, satoThere := models.Viewer{Name: rao.Name, Since: "09:01"}, models.Viewer{Name: sato.Name, Since: "09:02"}
		open("a", rao, "topic:awareness", "09:01")
		open("b", rao, "topic:awareness", "09:03") // the same person in another window
		open("c", sato, "topic:awareness", "09:02")
		open("d", sato, "topic:supply-chain", "09:00")
		see(rao, satoThere)
		see(sato, raoThere)
		see(models.Actor{Name: "a third one"}, raoThere, satoThere)
		g.pass(40 * time.Second)
		open("a", rao, "topic:awareness", "09:01") // still there
		g.pass(40 * time.Second)
		see(models.Actor{Name: "a third one"}, raoThere)
		must(t, g.Tidy(ctx))
		if n := g.Int(t, "SELECT COUNT(*) FROM shared"); n != 1 {
			t.Errorf("%d rows stay; want the one that holds", n)
		}
		must(t, g.Unshare(ctx, store.SharedViewer, "a"))
		see(sato)
		if v, err := g.DataVersion(ctx); err != nil || v != 1 {
			t.Errorf("data version %d, %v; nothing of this is the record", v, err)
		}
	})
}
