package frontend

import (
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Failure says what happened, whether anything is lost and what to do next.
type Failure struct {
	Status    int
	Title     string
	Happened  string
	Safe      string
	Next      string
	Near      []LeadPart // the pages above the address, the nearest first
	Links     []LeadPart
	Reference string
	Search    bool
}

// parents are the pages that other pages stand below, with their names.
var parents = map[string]string{
	"/topics": "nav.topics", "/initiatives": "nav.initiatives", "/meetings": "nav.meetings", "/countries": "nav.countries", "/delegates": "nav.delegates",
	"/forums": "nav.forums", "/statements": "nav.statements", "/commitments": "nav.commitments", "/evidence": "nav.evidence", "/search-notes": "nav.search_notes",
	"/rounds": "round.all", "/import": "import.title", "/account": "account.title",
}

// Near lists the pages above an address, the nearest first: the record, when it is there, and the list that it stands in.
func (f Frame) Near(path string, there bool) []LeadPart {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	list := "/" + parts[0]
	key := parents[list]
	working := slices.Contains([]string{"/rounds", "/import", "/account"}, list)
	if key == "" || len(parts) == 1 || list == "/rounds" && !f.May(models.PermitAssess) || list == "/import" && !f.May(models.PermitEdit) || list == "/account" && !f.May(models.PermitAccount) {
		return nil
	}
	var all []LeadPart
	if there && len(parts) > 2 && !working {
		all = append(all, LeadPart{Text: parts[1], URL: f.To(list + "/" + parts[1])})
	}
	return append(all, LeadPart{Text: f.T(key), URL: f.To(list)})
}
