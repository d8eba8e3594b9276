package suggest

import (
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestReasonsStandForWhatCannotBeTracked looks for the reason of every type that is not trackable, in both languages.
func TestReasonsStandForWhatCannotBeTracked(t *testing.T) {
	t.Parallel()
	if _, err := reasons(); err != nil {
		t.Fatal(err)
	}
	for _, kind := range models.SuggestionTypes {
		r, tracked := Reason(kind), models.KindOf(kind) == "commitment"
		if tracked != r.IsZero() || !tracked && (r.EN == "" || r.JA == "") {
			t.Errorf("the reason of %s is %+v", kind, r)
		}
	}
}
