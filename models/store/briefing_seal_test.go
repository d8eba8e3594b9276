package store_test

import (
	"slices"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestForgedSealIsFound alters what stands beside the forms of a frozen briefing: who froze it, when, and of what.
func TestForgedSealIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		if err := freeze(t, s, models.Program, nil); err != nil {
			t.Fatal(err)
		}
		if engine, _ := s.Engine(); engine == store.Postgres {
			alter(t, s, "ALTER TABLE briefings DISABLE TRIGGER USER")
		} else {
			alter(t, s, "DROP TRIGGER briefings_no_update")
		}
		alter(t, s, "CREATE TABLE safe AS SELECT * FROM briefings")
		for _, forged := range []string{"heading_en = 'Another'", "heading_ja = '別の会議体'", `options = REPLACE(options, '"title":""', '"title":"Forged"')`, "as_of = '2023-12-05'",
			"data_version = 8", "audit_seq = 4", "audit_hash = 'cd'", "frozen_at = '2024-01-01T00:00:00.000000Z'", "author = 'Somebody else'"} {
			alter(t, s, "UPDATE briefings SET "+forged)
			if got := findings(t, s); !slices.Equal(got, []string{"briefing:1 content"}) {
				t.Errorf("%s: %v; want briefing:1 content", forged, got)
			}
			for _, column := range []string{"heading_en", "heading_ja", "options", "as_of", "data_version", "audit_seq", "audit_hash", "frozen_at", "author"} {
				alter(t, s, "UPDATE briefings SET "+column+" = (SELECT "+column+" FROM safe)")
			}
			if got := findings(t, s); got != nil {
				t.Fatalf("%s, put back: %v", forged, got)
			}
		}
	})
}

// TestBriefingWithoutASealIsChecked freezes as the program did before entries had a seal: the forms are still compared.
func TestBriefingWithoutASealIsChecked(t *testing.T) {
	s := storetest.New(t, store.SQLite)
	storetest.Seed(t, s)
	if err := freeze(t, s, models.Program, nil); err != nil {
		t.Fatal(err)
	}
	alter(t, s, "DROP TRIGGER audit_no_update")
	alter(t, s, "UPDATE audit SET detail = json_remove(detail, '$.briefing_seal', '$.change.briefing_seal') WHERE action = 'briefing.freeze'")
	if s.Int(t, "SELECT COUNT(*) FROM audit WHERE action = 'briefing.freeze' AND detail LIKE '%seal%'") != 0 {
		t.Fatal("the entry has a seal, so that the test shows nothing")
	}
	s.Rechain(t)
	if got := findings(t, s); got != nil {
		t.Errorf("of an earlier program: %v; want nothing", got)
	}
	alter(t, s, "DROP TRIGGER briefing_files_no_update")
	alter(t, s, "UPDATE briefing_files SET body = 'x' WHERE format = 'html'")
	if got := findings(t, s); !slices.Equal(got, []string{"briefing:1.html text"}) {
		t.Errorf("altered: %v; want briefing:1.html text", got)
	}
}
