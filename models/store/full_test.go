package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestFullDiskStopsSavingAlone lets the database grow no further: changes are refused whole and say why, reading goes
// on, and saving works again once there is room.
func TestFullDiskStopsSavingAlone(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	limit := func(pages int) { must(t, s.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))) }
	limit(s.Int(t, "PRAGMA page_count") + 2)
	made := 0
	add := func() error {
		e := &models.TopicEdit{Slug: fmt.Sprintf("topic-%d", made), Name: models.Text{EN: "Topic"}, Note: models.Text{EN: strings.Repeat("long ", 1900)}}
		return s.Create(t.Context(), models.Program, "topic", e, nil)
	}
	err := add()
	for err == nil && made < 100 {
		made++
		err = add()
	}
	var known *models.Error
	if !errors.As(err, &known) || known.Kind != models.KindBusy || known.Key != "error.disk_full" {
		t.Fatalf("after %d topics: %v; want busy, error.disk_full", made, err)
	}
	list, err := s.Topics(t.Context(), models.Public, models.When{}, models.InitiativeFilter{})
	must(t, err)
	if got := s.Int(t, "SELECT COUNT(*) FROM topics WHERE slug LIKE 'topic-%'"); got != made {
		t.Errorf("%d topics were confirmed, %d are kept", made, got)
	}
	if got := findings(t, s); got != nil {
		t.Errorf("verify finds %v", got)
	}
	limit(1 << 20)
	must(t, add())
	if again, err := s.Topics(t.Context(), models.Public, models.When{}, models.InitiativeFilter{}); err != nil || len(again.Items) != len(list.Items)+1 {
		t.Errorf("after room was made: %d topics, %v; want %d", len(again.Items), err, len(list.Items)+1)
	}
}
