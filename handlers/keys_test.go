package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestSingleKeysCanBeSwitchedOff turns the keys of one person's pages off and on again (WCAG 2.1.4).
func TestSingleKeysCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "rao", models.Analyst)
	v := h.signedIn("rao")
	for _, c := range []struct {
		fields []string
		off    bool
	}{{nil, true}, {[]string{"on", "1"}, false}} {
		if r := v.post("/ja/account/keys", c.fields...); r.StatusCode != http.StatusSeeOther {
			t.Fatalf("%v: %d", c.fields, r.StatusCode)
		}
		if page := read(t, v.page("/en/matrix")); strings.Contains(page, `data-keys="off"`) != c.off {
			t.Errorf("%v: the page says off: %v", c.fields, !c.off)
		}
	}
	if strings.Contains(h.get("/en/matrix"), `data-keys`) {
		t.Error("the public's keys are off")
	}
}
