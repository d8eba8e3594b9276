package models_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestClosedListsAreTheSameEverywhere holds the lists against the enumerations of the JSON form and the checks of the
// schema, so that what the method explains is all there is.
func TestClosedListsAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("store/migrations/*/*.sql")
	if err != nil || len(files) < 2 {
		t.Fatalf("found %v, %v", files, err)
	}
	schemas := map[string]string{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		schemas[filepath.Base(filepath.Dir(name))] += string(b)
	}
	for _, c := range []struct {
		scale  string
		of     any
		field  string // with an enumeration; empty when the type is its own
		column string // with a check; empty when it has none
	}{
		{"status", nil, "", "status"}, {"grade", nil, "", "grade"}, {"mark", nil, "", "mark"}, {"reason", models.Update{}, "ReasonKind", "reason_kind"},
		{"role", models.Part{}, "Role", "role"}, {"stance", models.Citation{}, "Stance", "stance"}, {"evidence", models.Evidence{}, "Kind", "kind"},
		{"contradiction", models.Contradiction{}, "Kind", "kind"}, {"attendance", models.Attendance{}, "Role", "role"}, {"lineage", nil, "", "relation"},
	} {
		codes, ok := models.CodesOf(c.scale)
		if !ok {
			t.Errorf("the method has no %s", c.scale)
		}
		if c.of != nil {
			f, _ := reflect.TypeOf(c.of).FieldByName(c.field)
			if got := f.Tag.Get("enum"); got != strings.Join(codes, ",") {
				t.Errorf("%s: the method has %v, the JSON form %s", c.scale, codes, got)
			}
		}
		check := c.column + " IN ('" + strings.Join(codes, "','") + "')"
		for engine, sql := range schemas {
			if !strings.Contains(sql, check) {
				t.Errorf("%s: the schema for %s lacks CHECK (%s)", c.scale, engine, check)
			}
		}
	}
}

// TestCrosswalkNamesStatusesOfTheScale finds each status named by a published scale, and each scale with something
// that has no equivalent, as the page says.
func TestCrosswalkNamesStatusesOfTheScale(t *testing.T) {
	t.Parallel()
	for _, p := range models.Crosswalk() {
		none := len(p.Alone())
		for _, step := range p.Steps {
			for _, s := range step.Statuses {
				if !s.Valid() {
					t.Errorf("%s: %s lies beside %q, which is no status", p.Code, step.Name, s)
				}
			}
		}
		for _, s := range models.Statuses {
			if len(p.Near(s)) == 0 {
				none++
			}
		}
		if none == 0 {
			t.Errorf("%s fits our scale step by step, which no published scale does", p.Code)
		}
	}
}
