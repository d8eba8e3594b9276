package frontend

import (
	"net/url"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestDraftKeepsEvidenceFromElsewhere opens a draft that names a source which is tied to other initiatives.
func TestDraftKeepsEvidenceFromElsewhere(t *testing.T) {
	own := models.Citation{Evidence: models.Evidence{Ref: "own"}}
	p := RoundForm{UpdateForm: UpdateForm{Record: models.InitiativeRecord{Updates: []models.Update{{Evidence: []models.Citation{own}}}}, Form: Form{Values: url.Values{}}}}
	p.Item.Form = url.Values{"evidence.7.ref": {"other"}, "evidence.7.grade": {"E2"}, "evidence.3.url": {"https://example.org/a"}, "evidence.3.title": {"A"}}.Encode()
	p.Open()
	for name, want := range map[string]string{row(1, "title"): "A", row(1+newEvidence, "ref"): "other", row(1+newEvidence, "grade"): "E2"} {
		if got := p.Form.Value(name); got != want {
			t.Errorf("%s is %q; want %q", name, got, want)
		}
	}
}
