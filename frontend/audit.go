package frontend

import (
	"fmt"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Audit is the page of who changed what.
type Audit struct {
	List     *models.List[models.AuditEntry]
	Subjects map[string]models.AuditSubject // by object
	Check    *models.Verification           // nil until it is asked for
}

// actionWords says what was done; an action of another version of the program keeps its code.
func actionWords(f Frame, action string) string {
	if slices.Contains(models.AuditActions, action) {
		return f.T("action." + action)
	}
	return action
}

// actionOptions lists the actions that the audit can be narrowed to.
func actionOptions(f Frame) []Option {
	chosen := f.Query.Get("action")
	all := []Option{{Label: f.T("audit.any_action")}}
	for _, a := range models.AuditActions {
		all = append(all, Option{Value: a, Label: actionWords(f, a), Selected: a == chosen})
	}
	if chosen != "" && !slices.Contains(models.AuditActions, chosen) {
		all = append(all, Option{Value: chosen, Label: chosen, Selected: true})
	}
	return all
}

// settings are the sections of the page of the users where the settings of the program are changed.
var settings = map[string]string{"setting:second_factor_roles": "forced", "setting:second_person": "second", "setting:sign_in_to_read": "reading"}

// subjectOf names what an entry speaks of and leads to its page, as far as the reader may open it.
func subjectOf(f Frame, p Audit, object string) LeadPart {
	kind, ref, _ := strings.Cut(object, ":")
	s := p.Subjects[object]
	switch {
	case recordPaths[kind] != "":
		return LeadPart{Text: ref, URL: f.To(recordPaths[kind] + ref)}
	case kind == "evidence":
		return LeadPart{Text: ref, URL: f.To("/evidence/" + ref)}
	case kind == "round" && f.May(models.PermitAssess):
		return LeadPart{Text: ref, URL: f.To("/rounds/" + ref)}
	case kind == "round":
		meeting, _, _ := strings.Cut(ref, "/")
		return LeadPart{Text: meeting, URL: f.To("/meetings/" + meeting)}
	case s.Initiative != "":
		return LeadPart{Text: s.Initiative, URL: f.To("/initiatives/"+s.Initiative) + "#update-" + ref}
	case s.UserID != 0 && f.May(models.PermitUsers):
		return LeadPart{Text: s.Name + ", " + s.Email, URL: f.To("/admin/users") + fmt.Sprintf("#user-%d", s.UserID)}
	case settings[object] != "" && f.May(models.PermitUsers):
		return LeadPart{Text: f.T("users." + settings[object]), URL: f.To("/admin/users") + "#h-" + settings[object]}
	case settings[object] != "":
		return LeadPart{Text: f.T("users." + settings[object])}
	case s.Email != "":
		return LeadPart{Text: s.Name + ", " + s.Email}
	}
	return LeadPart{}
}

func changeOf(e models.AuditEntry) string {
	_, change := e.Split()
	return change
}

func addressOf(e models.AuditEntry) string {
	address, _ := e.Split()
	return address
}
