package transfer_test

import (
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// accepted is a draft of one paragraph with one accepted mark in English.
func accepted(en, ja, exact, strength string) models.Draft {
	at := strings.Index(en, exact)
	cells := map[models.Lang]models.Span{"en": {From: 0, To: len(en)}}
	if ja != "" {
		cells["ja"] = models.Span{From: 0, To: len(ja)}
	}
	return models.Draft{Sources: []models.DraftSource{{Lang: "en", Body: en}, {Lang: "ja", Body: ja}},
		Work: models.DraftWork{Rows: []models.DraftRow{{Cells: cells}},
			Marks: []models.DraftMark{{ID: 1, State: models.MarkAccepted, Words: map[models.Lang]models.Span{"en": {From: at, To: at + len(exact)}}, Suggestion: models.Suggestion{Strength: strength}}}}}
}

func initiative(ref, en, ja string) models.InitiativeWords {
	return models.InitiativeWords{Reference: models.Reference{Ref: ref, Title: models.Text{EN: en, JA: ja}}}
}

func earlier(code, strength, en string) models.Commitment {
	return models.Commitment{Code: code, Strength: strength, Words: map[models.Lang]models.Marked{"en": {Exact: en}}}
}

func proposal(t *testing.T, d models.Draft, all ...models.InitiativeWords) models.Proposal {
	t.Helper()
	found, err := transfer.Propose(t.Context(), d, all, "")
	if err != nil {
		t.Fatal(err)
	}
	return found[1]
}

func refs(all []models.Candidate) string {
	var some []string
	for _, c := range all {
		some = append(some, c.Ref)
	}
	return strings.Join(some, " ")
}

func TestMatchingIsShownInTheLanguageOfTheReader(t *testing.T) {
	t.Parallel()
	d := accepted("We will begin mutual recognition of labels.", "ラベルの相互承認を開始する。", "begin mutual recognition of labels", "will")
	d.Work.Marks[0].Words["ja"] = models.Span{From: 0, To: len("ラベルの相互承認")}
	both := initiative("LABELS", "Mutual recognition of labels", "相互承認")
	for reader, want := range map[models.Lang]string{"": "ja", "en": "en", "ja": "ja", "fr": "ja"} {
		both.Title.JA = "ラベルの相互承認"
		found, err := transfer.Propose(t.Context(), d, []models.InitiativeWords{both}, reader)
		if err != nil || len(found[1].Initiatives) != 1 {
			t.Fatalf("%v, %+v", err, found)
		}
		if c := found[1].Initiatives[0]; string(c.Lang) != want || c.Words != both.Title.Only(models.Lang(want)) || c.Score < .9 {
			t.Errorf("for a reader of %q: %+v; want the words in %s and the score of the best", reader, c, want)
		}
	}
	both.Title.JA = ""
	if found, _ := transfer.Propose(t.Context(), d, []models.InitiativeWords{both}, "ja"); found[1].Initiatives[0].Lang != "en" {
		t.Errorf("without words in the reader's language: %+v", found[1].Initiatives[0])
	}
}

func TestMatchingOffersWhatTheWordsResemble(t *testing.T) {
	t.Parallel()
	labels, cables := initiative("LABELS", "Mutual recognition of IoT labels", ""), initiative("CABLES", "Undersea cables", "")
	japanese := initiative("JA-LABELS", "", "IoT適合性評価制度の相互承認")
	en, ja := "We will begin mutual recognition of labels for IoT products by 2026.", "我々は2026年までにIoT製品の適合性評価制度の相互承認を開始する。"

	d := accepted(en, "", "begin mutual recognition of labels for IoT products", "will")
	got := proposal(t, d, cables, labels, japanese)
	if refs(got.Initiatives) != "LABELS" {
		t.Errorf("offered %q, want LABELS alone", refs(got.Initiatives))
	} else if c := got.Initiatives[0]; c.Lang != "en" || c.Score < 0.4 || strings.Join(c.Shared, " ") == "" || len(c.Pieces) < 2 {
		t.Errorf("without a reason: %+v", c)
	}

	d = accepted(en, ja, "begin mutual recognition of labels for IoT products", "will")
	if got := proposal(t, d, cables, japanese); refs(got.Initiatives) != "JA-LABELS" || got.Initiatives[0].Lang != "ja" {
		t.Errorf("through the paired paragraph: offered %+v, want JA-LABELS in Japanese", got.Initiatives)
	}
}

func TestMatchingNamesTheLineThatTheWordsSuggest(t *testing.T) {
	t.Parallel()
	en := "We commit to mutual recognition of labels for IoT products."
	for _, c := range []struct{ was, words, is, want string }{
		{"discuss", "mutual recognition of labels for IoT products", "commit", "advanced"},
		{"commit", "mutual recognition of labels for IoT products", "commit", "reaffirmed"},
		{"commit", "mutual recognition of schemes for IoT products", "discuss", "reworded"},
	} {
		d := accepted(en, "", "mutual recognition of labels for IoT products", c.is)
		d.Earlier = []models.Commitment{earlier("OLD-P01-1", "welcome", "progress on fisheries"), earlier("OLD-P02-1", c.was, c.words)}
		got := proposal(t, d)
		if refs(got.Earlier) != "OLD-P02-1" || got.Earlier[0].Relation != c.want {
			t.Errorf("from %s %q to %s: %+v, want %s", c.was, c.words, c.is, got.Earlier, c.want)
		}
	}
}
