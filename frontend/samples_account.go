package frontend

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// wrongForm is a form that came back, with the longest words.
func wrongForm(fields ...string) Form {
	f := Form{Values: url.Values{"name": {long.JA}}, Errors: map[string]string{}, Whole: long.EN, Restored: true, Key: "k", Page: "/account"}
	for _, name := range fields {
		f.Errors[name], f.Order = long.EN, append(f.Order, name)
	}
	return f
}

func accountSamples(f framer) map[string]templ.Component {
	at := "2026-11-22T23:59:59.000000Z"
	user := models.User{ID: 1, Email: "sato@example.org", Name: "K. Sato", Role: models.Analyst, SecondFactor: true, CreatedAt: at, SeenAt: at, Sessions: 2}
	shut := models.User{ID: 2, Email: "a@example.org", Name: long.JA, Role: models.Administrator, Disabled: true}
	plain := func(path string) Frame { return about(f(path, nil)) }
	own := Account{User: user, Sessions: []models.Session{{Ref: "abc", Current: true, CreatedAt: at, SeenAt: at, Address: "::1"}, {Ref: "def", Agent: long.EN}},
		Tokens: []models.Token{{ID: 1, Name: long.EN, Prefix: "ct_live_ab12", Owner: "K. Sato", Scope: models.ScopeWrite, ExpiresAt: at}, {ID: 2, Name: "x", Owner: "K. Sato", Scope: models.ScopeRead, RevokedAt: at}}}
	wrong := own
	wrong.Alone = true
	wrong.Form, wrong.User.SecondFactor = wrongForm("current", "passphrase"), false
	fresh := own
	fresh.Fresh, fresh.Form = "ct_live_0123456789", wrongForm("name", "scope", "days")
	all := map[string]templ.Component{
		"sign in": SignInPage(plain("/sign-in"), SignIn{Asked: true}), "sign in, wrong": SignInPage(plain("/sign-in"), SignIn{Form: wrongForm("email"), Kept: "a=b"}),
		"sign in, again": SignInPage(plain("/account/verify"), SignIn{Again: true, Kept: "a=b"}), "set-up": SetUpPage(plain("/setup"), wrongForm("code", "name", "email", "passphrase")),
		"invitation": InvitationPage(plain("/invitations/x"), models.Invitation{NewUser: models.NewUser{Email: "a@example.org", Role: models.Analyst}}, wrongForm("name")),
		"renewal":    InvitationPage(plain("/invitations/x"), models.Invitation{NewUser: models.NewUser{Role: models.Analyst}, UserID: 1}, Form{}),
		"account":    AccountPage(plain("/account"), own), "account, wrong": AccountPage(plain("/account"), wrong), "sessions": SessionsPage(plain("/account/sessions"), own),
		"tokens": TokensPage(plain("/account/tokens"), fresh, at, false), "tokens, all": TokensPage(plain("/admin/tokens"), own, "2027", true), "tokens, none": TokensPage(plain("/account/tokens"), Account{}, at, false),
		"second factor, off": SecondFactorPage(plain("/account/second-factor"), FactorPage{Secret: "ABC", URL: "otpauth://totp/x?secret=ABC", Form: wrongForm("code")}),
		"second factor, on":  SecondFactorPage(plain("/account/second-factor"), FactorPage{On: true, Recovery: []string{"abcde-fghij"}}),
		"users":              UsersPage(plain("/admin/users"), Users{Users: []models.User{user, shut}, Invitations: []models.Invitation{{NewUser: models.NewUser{Email: "b@example.org", Name: long.EN, Role: models.Auditor}, Ref: "abc", ExpiresAt: at}, {NewUser: models.NewUser{Email: user.Email, Name: user.Name, Role: user.Role}, UserID: 1, Ref: "def", ExpiresAt: at}}, Link: "http://localhost/en/invitations/x", Forced: []models.Role{models.Administrator}, Forums: []models.Reference{{Ref: "qscg", Title: long}}, Second: []string{"qscg"}, Form: wrongForm("name", "email", "role")}),
	}
	entry := models.AuditEntry{Seq: 2, At: at, Actor: "K. Sato", Action: "assess", Object: "initiative:" + long.EN, Detail: `{"address":"::1","change":{"to":"stalled"}}`, Hash: "0123456789abcdef"}
	list := &models.List[models.AuditEntry]{Items: []models.AuditEntry{entry, {Seq: 1, At: at, Action: "import", Object: "x:y", Detail: "null", Hash: "ff"}}, Total: 2, Next: new(string)}
	all["audit, none"] = AuditPage(plain("/admin/audit"), Audit{List: &models.List[models.AuditEntry]{}})
	all["audit, intact"] = AuditPage(plain("/admin/audit"), Audit{List: list, Subjects: map[string]models.AuditSubject{"x:y": {Name: long.JA, Email: "a@example.org"}}, Check: &models.Verification{Entries: 2, Head: "ff"}})
	all["audit, broken"] = AuditPage(plain("/admin/audit"), Audit{List: list, Check: &models.Verification{Findings: []models.Finding{{Record: "audit:2", What: "hash"}, {Record: "update:7", What: "content"}}}})
	return all
}

func updateSamples(f framer) map[string]templ.Component {
	update := models.Update{ID: 7, Initiative: "QSCG-SAMPLE", Status: models.Delivered, EffectiveOn: models.NewDate(2024, 1, 2), Note: long, Meeting: "qscg-2023-12", ReasonKind: "event", Mark: models.Changed, Grade: models.Independent, Confidence: models.Verified, Author: "K. Sato", RecordedAt: "2026-11-22T23:59:59.000000Z",
		Evidence: []models.Citation{{Evidence: models.Evidence{Ref: "e", Title: long.EN, Kind: "media", Publisher: "B", Extent: "full", Confidence: models.Verified, URL: "https://example.org/a", RetractedAt: "2026-11-22T23:59:59.000000Z", Retraction: long}, Stance: "supports", Grade: models.Independent}}}
	r := models.InitiativeRecord{Initiative: sampleInitiative(long, models.Stalled), Updates: []models.Update{update}, Version: 3, SearchNotes: []models.SearchNote{{Ref: "note-1", SearchedOn: models.NewDate(2026, 1, 1), Result: long, Suggested: models.Stalled}}}
	desk := func() Frame {
		frame := f("/initiatives/x/update", nil)
		frame.Actor, frame.Flash = models.Actor{ID: 1, Name: "K. Sato", Role: models.Analyst}, "Saved."
		return frame
	}
	begun := UpdateForm{Record: r, Evidence: []models.Evidence{{Ref: "e-2", Title: long.EN}}, Today: models.NewDate(2026, 11, 23), Form: Form{Values: url.Values{}}}
	begun.Begin("", 7)
	wrong := UpdateForm{Record: r, Form: wrongForm("status", "effective_on", "evidence", "evidence.1.url", "note.en", "search_note", "country", "reason", "meeting")}
	late := UpdateForm{Record: r, Form: wrongForm("status")}
	late.Conflict("6", url.Values{"status": {"stalled"}, "note.en": {long.EN}, "evidence.0.ref": {"e"}, "form.key": {"k"}})
	must := desk()
	must.MustEnrol = true
	return map[string]templ.Component{
		"update": UpdatePage(desk(), begun), "update, wrong": UpdatePage(desk(), wrong), "update, conflict": UpdatePage(desk(), late), "update, bare": UpdatePage(must, UpdateForm{Record: models.InitiativeRecord{Initiative: sampleInitiative(long, models.NotAssessed)}, Form: Form{Values: url.Values{}}}),
		"initiative, at the desk": Initiative(desk(), r, Form{}), "evidence, at the desk": Evidence(desk(), models.EvidenceRecord{Evidence: update.Evidence[0].Evidence}),
		"evidence, to retract": RetractPage(desk(), models.EvidenceRecord{Evidence: bareEvidence(), Bears: []models.Bearing{{Initiative: r.Ref, Title: r.Title, Update: 1, Status: models.Stalled, Stance: "supports", Grade: models.MemberStatement}}}, wrongForm("reason.en")),
	}
}
