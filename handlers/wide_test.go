package handlers_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// wideSite is a record of 60 initiatives judged at each of 12 meetings, with titles of ordinary length.
func wideSite(t testing.TB) site {
	t.Helper()
	s := storetest.New(t, store.SQLite)
	change := store.Change{Action: "import", Object: "dataset:wide", Needs: models.PermitImport}
	err := s.Write(context.Background(), models.Program, change, func(tx *store.Tx) error {
		return firstError(wide(tx)...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return newSite(t, s)
}

func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// wide lists the writes of the record.
func wide(tx *store.Tx) []func() error {
	country := models.Country{ISO2: "JP", ISO3: "JPN", Name: models.Text{EN: "Japan", JA: "日本"}, Confidence: models.Verified}
	steps := []func() error{
		func() error { return tx.AddCountry(country, 1) },
		func() error {
			return tx.AddForum(models.Forum{Slug: "f", Name: models.Text{EN: "Forum", JA: "会議体"}, Members: []string{"JP"}})
		},
	}
	for n := range 6 {
		steps = append(steps, func() error {
			return tx.AddTopic(models.Topic{Slug: fmt.Sprintf("topic-%d", n), Name: models.Text{EN: fmt.Sprintf("Topic number %d", n), JA: fmt.Sprintf("第%dの分野", n)}, Position: n, Confidence: models.Verified})
		})
	}
	for n := range 12 {
		day := models.NewDate(2014+n, 1+n, 10)
		steps = append(steps, func() error {
			return tx.AddMeeting(models.Meeting{Ref: fmt.Sprintf("f-%d", n), Forum: "f", Format: "in_person", City: models.Text{EN: fmt.Sprintf("City %d", n), JA: fmt.Sprintf("第%d都市", n)},
				StartsOn: day, EndsOn: day, Confidence: models.Verified})
		})
	}
	for n := range 60 {
		ref := fmt.Sprintf("WIDE-%02d", n)
		steps = append(steps, func() error {
			return tx.AddInitiative(models.InitiativeRecord{Initiative: models.Initiative{Ref: ref, Topic: fmt.Sprintf("topic-%d", n%6), Kind: "initiative", Trackable: true, Confidence: models.Verified,
				Title: models.Text{EN: fmt.Sprintf("Line of work %d on the security of networks and services", n), JA: fmt.Sprintf("ネットワークとサービスの安全に関する取組その%d", n)},
				Parts: []models.Part{{Country: "JP", Role: "contributor"}}}})
		})
		for m := range 12 {
			u := models.Update{Initiative: ref, Status: models.Statuses[(n+m)%4], EffectiveOn: models.NewDate(2014+m, 1+m, 10), Meeting: fmt.Sprintf("f-%d", m), Mark: models.Marks[(n+m)%4],
				ReasonKind: "event", Note: models.Text{EN: fmt.Sprintf("Step %d.", m), JA: fmt.Sprintf("第%d歩。", m)}, Confidence: models.Verified}
			steps = append(steps, func() error { _, err := tx.AddUpdate(u); return err })
		}
	}
	return steps
}

// TestMatrixOf60By12StaysLight measures what a reader loads: at most 60 KB (docs/architecture.md, weight).
func TestMatrixOf60By12StaysLight(t *testing.T) {
	t.Parallel()
	s := wideSite(t)
	for _, address := range []string{"/en/matrix", "/ja/matrix?cells=words"} {
		body := s.get(address)
		if n := strings.Count(body, `<tr data-ref="WIDE-`); n != 60 {
			t.Errorf("%s: %d rows", address, n)
		}
		if n := strings.Count(body, `<a class="cell`); n != 60*13 {
			t.Errorf("%s: %d cells; want 12 meetings and the present", address, n)
		}
		var packed bytes.Buffer
		z, _ := gzip.NewWriterLevel(&packed, 5) // the level is valid
		if _, err := z.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes, %d compressed", address, len(body), packed.Len())
		if packed.Len() > 60<<10 {
			t.Errorf("%s: %d bytes compressed", address, packed.Len())
		}
	}
}

// BenchmarkMatrix renders 60 initiatives over 12 meetings; a request with a cookie passes by the cache.
func BenchmarkMatrix(b *testing.B) {
	s := wideSite(b)
	b.Run("json", func(b *testing.B) { serve(b, s, "/matrix.json", "s=1") })
	b.Run("html", func(b *testing.B) { serve(b, s, "/en/matrix", "s=1") })
}
