package handlers

import (
	"slices"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var (
	pageAndData  = []represent.Format{represent.HTML, represent.JSON}
	pageAndTable = []represent.Format{represent.HTML, represent.JSON, represent.CSV}
	pageAndList  = with(pageAndRecord, represent.CSV, represent.XLSX)
	packaged     = []represent.Format{represent.JSON, represent.ZIP}
	dataRecord   = []represent.Format{represent.JSON}
	dataTable    = with(dataRecord, represent.CSV, represent.XLSX)
	pageAlone    = []represent.Format{represent.HTML}

	// What the record holds can be cited as well as read.
	pageAndRecord    = with(pageAndData, represent.Citations...)
	statementFormats = with(pageAndRecord, represent.TXT)
)

// accountRoutes are the lines of accounts: pages for people alone. A page that changes what an account may do asks
// for the passphrase anew, and no token opens any of them.
func accountRoutes() []Route {
	return []Route{
		screen[struct{}]("setup", "/setup", "The making of the first account.", models.PermitSignIn, (*Server).setUpPage),
		write[struct{}, accountBody, struct{}]("set-up", "/setup", "Make the first account.", models.PermitSignIn, pageAlone, (*Server).setUp, whole((*Server).setUpForm)),
		screen[nextQuery]("sign-in", "/sign-in", "The form to sign in.", models.PermitSignIn, (*Server).signInPage),
		write[struct{}, signInBody, struct{}]("begin-session", "/sign-in", "Sign in.", models.PermitSignIn, pageAlone, (*Server).signIn, whole((*Server).signInAgain)),
		screen[refPath]("invitation", "/invitations/:ref", "What a one-time link opens.", models.PermitSignIn, (*Server).invitationPage),
		write[refPath, accountBody, struct{}]("accept", "/invitations/:ref", "Use a one-time link up.", models.PermitSignIn, pageAlone, (*Server).accept, (*Server).invitationForm),
		write[struct{}, keysHereBody, struct{}]("keys-here", "/shortcuts", "Turn single keys off or on, in the account or without one in this browser.", models.PermitAbout, pageAlone, (*Server).setKeysHere, nil),
		personal(write[struct{}, empty, struct{}]("sign-out", "/sign-out", "Sign out.", models.PermitAccount, pageAlone, (*Server).signOut, nil)),
		personal(screen[struct{}]("account", "/account", "One's own account.", models.PermitAccount, (*Server).account)),
		personal(write[struct{}, signInBody, struct{}]("verify", "/account/verify", "Give the passphrase once more.", models.PermitAccount, pageAlone, (*Server).verify, whole((*Server).signInAgain))),
		personal(write[struct{}, passphraseBody, struct{}]("passphrase", "/account/passphrase", "Change the passphrase.", models.PermitAccount, pageAlone, (*Server).changePassphrase, whole((*Server).accountPage))),
		personal(write[struct{}, keysBody, struct{}]("keys", "/account/keys", "Turn single keys off or on.", models.PermitAccount, pageAlone, (*Server).setKeys, whole((*Server).accountPage))),
		personal(screen[struct{}]("sessions", "/account/sessions", "Where one is signed in.", models.PermitAccount, (*Server).sessionsPage)),
		personal(write[refPath, empty, struct{}]("end-session", "/account/sessions/:ref/end", "End a session.", models.PermitAccount, pageAlone, (*Server).endSession, nil)),
		personal(write[struct{}, empty, struct{}]("end-sessions", "/account/sessions/end-others", "End all sessions but this.", models.PermitAccount, pageAlone, (*Server).endOtherSessions, nil)),
		verified(screen[struct{}]("second-factor", "/account/second-factor", "The second factor.", models.PermitAccount, (*Server).factorPage)),
		verified(write[struct{}, factorBody, struct{}]("change-factor", "/account/second-factor", "Turn the second factor on or off.", models.PermitAccount, pageAlone, (*Server).changeFactor, whole((*Server).factorForm))),
		personal(screen[struct{}]("tokens", "/account/tokens", "One's own tokens.", models.PermitAccount, (*Server).tokensPage)),
		verified(write[struct{}, models.NewToken, struct{}]("add-token", "/account/tokens", "Make a token.", models.PermitAccount, pageAlone, (*Server).addToken, whole((*Server).tokensForm))),
		personal(write[refPath, empty, struct{}]("revoke-token", "/account/tokens/:ref/revoke", "Revoke a token.", models.PermitAccount, pageAlone, (*Server).revokeToken, nil)),
		verified(screen[struct{}]("users", "/admin/users", "The accounts.", models.PermitUsers, (*Server).users)),
		verified(write[struct{}, models.NewUser, struct{}]("invite", "/admin/users", "Invite a person.", models.PermitUsers, pageAlone, (*Server).invite, whole((*Server).usersAgain))),
		verified(write[refPath, userBody, struct{}]("change-user", "/admin/users/:ref", "Change what an account may do.", models.PermitUsers, pageAlone, (*Server).changeUser, (*Server).userAgain)),
		verified(write[refPath, empty, struct{}]("renew-user", "/admin/users/:ref/link", "Make a link for a new passphrase.", models.PermitUsers, pageAlone, (*Server).renewUser, nil)),
		verified(write[refPath, empty, struct{}]("end-user-sessions", "/admin/users/:ref/end-sessions", "End the sessions of an account.", models.PermitUsers, pageAlone, (*Server).endUserSessions, nil)),
		verified(write[refPath, empty, struct{}]("withdraw", "/admin/invitations/:ref/withdraw", "Withdraw a one-time link.", models.PermitUsers, pageAlone, (*Server).withdraw, nil)),
		verified(write[struct{}, factorRolesBody, struct{}]("factor-roles", "/admin/second-factor", "Say which roles must have a second factor.", models.PermitUsers, pageAlone, (*Server).setFactorRoles, whole((*Server).usersAgain))),
		verified(write[struct{}, secondBody, struct{}]("second-person", "/admin/second-person", "Say of which forums a second person publishes rounds.", models.PermitUsers, pageAlone, (*Server).setSecondPerson, whole((*Server).usersAgain))),
		verified(write[struct{}, readingBody, struct{}]("reading", "/admin/reading", "Say whether reading needs an account.", models.PermitUsers, pageAlone, (*Server).setReading, whole((*Server).usersAgain))),
		verified(screen[struct{}]("all-tokens", "/admin/tokens", "The tokens of everybody.", models.PermitUsers, (*Server).allTokens)),
	}
}

// auditRoutes are the lines of who changed what. A token may read them.
func auditRoutes() []Route {
	list := get[auditQuery, models.List[models.AuditEntry]]("audit", "/admin/audit", "Who changed what, newest first.", pageAndTable, (*Server).audit)
	check := get[struct{}, models.Verification]("verification", "/admin/verification", "A check of the whole record: what is not as it was written.", dataRecord, (*Server).check)
	list.Permission, check.Permission = models.PermitAudit, models.PermitAudit
	return []Route{list, check}
}

// deskRoutes are the lines of the people who keep the record.
func deskRoutes() []Route {
	return []Route{
		screen[updateQuery]("update-form", "/initiatives/:ref/update", "The form of an update.", models.PermitAssess, (*Server).updatePage),
		making(write[refPath, models.Assessment, models.Update]("assess", "/initiatives/:ref/updates", "Record a judgement on an initiative or on one country's part, with its evidence. If-Match names the version of the initiative's record.", models.PermitAssess, pageAndData, (*Server).assess, (*Server).updateAgain)),
		making(write[refPath, empty, models.Update]("undo", "/updates/:ref/undo", "Take back the judgement that stands, by another entry.", models.PermitAssess, pageAndData, (*Server).undo, nil)),
		screen[refPath]("retract-form", "/evidence/:ref/retract", "What rests on a piece of evidence, before it is struck out.", models.PermitAssess, (*Server).retractPage),
		write[refPath, retraction, models.EvidenceRecord]("retract", "/evidence/:ref/retract", "Strike a piece of evidence out, with the reason; it stays where it is cited.", models.PermitAssess, pageAndData, (*Server).retract, (*Server).retractAgain),
	}
}

// empty is a change that needs no fields.
type empty struct{}

// Routes returns THE table. Each line is a page under /en and /ja, the same address without the language and with
// the suffix of a data format, and the same address under /api/v1.
func Routes() []Route {
	return slices.Concat(readingRoutes(), editRoutes(), textRoutes(), deskRoutes(), briefingRoutes(), roundRoutes(), importRoutes(), auditRoutes(), accountRoutes())
}

func readingRoutes() []Route {
	return slices.Concat([]Route{
		get[overviewInput, models.Record[models.Overview]]("overview", "/overview", "What moved since last time and where the trouble is.", pageAndRecord, (*Server).overview),
		get[topicsInput, models.List[models.Topic]]("topics", "/topics", "The tree of topics with the tally of each.", pageAndList, (*Server).topics),
		get[topicInput, models.Record[models.TopicRecord]]("topic", "/topics/:ref", "The dashboard of one topic.", with(pageAndList, represent.Atom, represent.ICS), (*Server).topic),
		get[initiativesInput, models.List[models.Initiative]]("initiatives", "/initiatives", "The initiatives that match a filter, with facets.", with(pageAndList, represent.Atom), (*Server).initiatives),
		get[recordInput, models.Record[models.InitiativeRecord]]("initiative", "/initiatives/:ref", "Everything on one initiative.", with(pageAndRecord, represent.Atom), (*Server).initiative),
		get[matrixInput, models.Matrix]("matrix", "/matrix", "Initiatives over meetings or countries, by topic.", pageAndList, (*Server).matrix),
		get[meetingsInput, models.List[models.Meeting]]("meetings", "/meetings", "The meetings that match a filter.", with(pageAndList, represent.ICS), (*Server).meetings),
		get[recordInput, models.Record[models.MeetingRecord]]("meeting", "/meetings/:ref", "One meeting with its publications, delegations, commitments and the state of the record after it.", with(pageAndRecord, represent.ICS), (*Server).meeting),
		get[timeInput, models.List[models.Country]]("countries", "/countries", "The countries and what each has done.", pageAndList, (*Server).countries),
		get[countryInput, models.Record[models.CountryRecord]]("country", "/countries/:ref", "One country with its parts.", with(pageAndList, represent.Atom, represent.ICS), (*Server).country),
		get[listInput, models.List[models.ForumFacts]]("forums", "/forums", "The forums with their members and meetings.", pageAndList, (*Server).forums),
		get[recordInput, models.Record[models.ForumFacts]]("forum", "/forums/:ref", "One forum with its members and meetings.", pageAndRecord, (*Server).forum),
		get[delegatesInput, models.List[models.Delegate]]("delegates", "/delegates", "The people who represented a country.", pageAndList, (*Server).delegates),
		get[recordInput, models.Record[models.DelegateRecord]]("delegate", "/delegates/:ref", "One delegate with offices, attendances and succession in the seat.", pageAndRecord, (*Server).delegate),
		get[listInput, models.List[models.Statement]]("statements", "/statements", "The statements in aligned paragraphs.", pageAndList, (*Server).statements),
		get[statementInput, models.Record[models.StatementRecord]]("statement", "/statements/:ref", "One statement with its commitments and what is noted on its words.", statementFormats, (*Server).statement),
		budgeted(get[compareInput, models.Record[models.Comparison]]("compare", "/compare", "Two statements, or two editions of one, with the difference of their words.", pageAndRecord, (*Server).compare)),
		get[recordInput, annotationCollection]("annotations", "/statements/:ref/annotations", "The marks of a statement as W3C Web Annotations (JSON-LD), one for each language of each commitment.", dataRecord, (*Server).annotations),
		get[listInput, models.List[models.Commitment]]("commitments", "/commitments", "The commitments in the words of their statements.", pageAndList, (*Server).commitments),
		get[recordInput, models.Record[models.Commitment]]("commitment", "/commitments/:ref", "One commitment.", pageAndRecord, (*Server).commitment),
		get[listInput, models.List[models.Evidence]]("evidence", "/evidence", "The evidence.", pageAndList, (*Server).evidenceList),
		get[recordInput, models.Record[models.EvidenceRecord]]("evidence-record", "/evidence/:ref", "One piece of evidence and what it bears on.", pageAndRecord, (*Server).evidence),
		get[listInput, models.List[models.SearchNote]]("search-notes", "/search-notes", "What was looked for and not found.", pageAndList, (*Server).searchNotes),
		get[recordInput, models.Record[models.SearchNote]]("search-note", "/search-notes/:ref", "One search note.", pageAndRecord, (*Server).searchNote),
		get[searchInput, models.List[models.Hit]]("search", "/search", "The records in whose texts all words stand.", pageAndList, (*Server).search),
		get[packageInput, represent.Package]("datapackage", "/forums/:ref/datapackage", "Every table of a forum in one file, as a Frictionless data package; JSON is its description alone.", packaged, (*Server).dataPackage),
		get[activityInput, models.List[models.Event]]("activity", "/activity", "What was recorded, newest first.", with(pageAndList, represent.Atom), (*Server).activity),
		get[updatesInput, models.List[models.Update]]("updates", "/updates", "Every judgement, whether it stands or not, in the order of recording.", dataTable, (*Server).updates),
		get[recordInput, models.Record[models.Update]]("update", "/updates/:ref", "One judgement, whether it stands or not.", with(dataRecord, represent.Citations...), (*Server).update),
		about(get[struct{}, any]("openapi", "/openapi", "This document.", dataRecord, (*Server).openAPI)),
		about(get[struct{}, models.Record[models.Method]]("method", "/method", "Every code with its definition, the rules, and other published scales.", pageAndData, (*Server).method)),
		about(get[struct{}, struct{}]("api", "/api", "The documentation of every address for programs.", pageAlone, (*Server).api)),
		about(get[struct{}, struct{}]("accessibility", "/accessibility", "What the pages aim at, what was tested and what was not.", pageAlone, (*Server).accessibility)),
		about(get[shortcutsQuery, struct{}]("shortcuts", "/shortcuts", "The keys of the pages.", pageAlone, (*Server).shortcuts)),
		get[recordInput, struct{}]("permanent", "/r/:ref", "The permanent address of an initiative.", pageAndData, (*Server).permanent),
		get[recordInput, struct{}]("permanent-statement", "/s/:ref", "The permanent address of a statement.", pageAndData, (*Server).permanentStatement),
	}, chartRoutes())
}

// with adds formats to a set.
func with(of []represent.Format, more ...represent.Format) []represent.Format {
	return slices.Concat(of, more)
}

type (
	overviewInput struct {
		timeQuery
		scopeQuery
	}
	topicsInput struct {
		timeQuery
		scopeQuery
		tableQuery
	}
	topicInput struct {
		refPath
		timeQuery
		scopeQuery
		tableQuery
	}
	initiativesInput struct {
		timeQuery
		filterQuery
		pageQuery
		tableQuery
	}
	matrixInput struct {
		timeQuery
		filterQuery
		matrixQuery
		tableQuery
	}
	meetingsInput struct {
		timeQuery
		meetingQuery
		pageQuery
		tableQuery
	}
	activityInput struct {
		timeQuery
		narrowQuery
		kindQuery
		pageQuery
		tableQuery
	}
	listInput struct {
		timeQuery
		pageQuery
		tableQuery
	}
	updatesInput struct {
		listInput
		allQuery
	}
	recordInput struct {
		refPath
		timeQuery
	}
	timeInput struct {
		timeQuery
		tableQuery
	}
)
