package models

import "slices"

// Role is what an account may do as a whole.
type Role string

// The roles. Anonymous is everybody without an account, Stranger the same where reading needs one.
const (
	Stranger      Role = "stranger"
	Anonymous     Role = "anonymous"
	Reader        Role = "reader"
	Analyst       Role = "analyst"
	Publisher     Role = "publisher"
	Administrator Role = "administrator"
	Auditor       Role = "auditor"
)

// Roles lists the roles, least trusted first.
var Roles = []Role{Stranger, Anonymous, Reader, Analyst, Publisher, Administrator, Auditor}

// AccountRoles lists the roles that an account can have, in the order they are offered.
var AccountRoles = []Role{Reader, Analyst, Publisher, Administrator, Auditor}

// Valid reports whether an account can have the role.
func (r Role) Valid() bool { return slices.Contains(AccountRoles, r) }

// Permission is one thing that a role may do. Every route names one.
type Permission string

// The permissions.
const (
	// PermitHealth answers whether the program runs; it needs no role.
	PermitHealth Permission = "health"
	// PermitAbout reads what is said about the program: its method, addresses, keys and accessibility.
	PermitAbout Permission = "about"
	// PermitRead reads what is published.
	PermitRead Permission = "read"
	// PermitSignIn opens an account: signing in, and the one-time links.
	PermitSignIn Permission = "sign_in"
	// PermitAccount keeps one's own account: passphrase, second factor, sessions, tokens.
	PermitAccount Permission = "account"
	// PermitAssess adds updates, evidence and search notes, and works on rounds.
	PermitAssess Permission = "assess"
	// PermitEdit creates, changes, removes and restores the records that are no judgements.
	PermitEdit Permission = "edit"
	// PermitPublish makes a round public.
	PermitPublish Permission = "publish"
	// PermitAudit reads who changed what and checks that nothing of it was altered.
	PermitAudit Permission = "audit"
	// PermitUsers invites people, gives them roles and shuts accounts.
	PermitUsers Permission = "users"
	// PermitImport loads a whole data set; it belongs to the program's own start-up and to administrators.
	PermitImport Permission = "import"
)

// Permissions lists the permissions in the order they are described.
var Permissions = []Permission{PermitHealth, PermitAbout, PermitRead, PermitSignIn, PermitAccount, PermitAssess, PermitEdit, PermitPublish, PermitAudit, PermitUsers, PermitImport}

// implied lists what each permission brings with it.
var implied = map[Permission][]Permission{
	PermitAbout:   {PermitHealth, PermitSignIn},
	PermitRead:    {PermitAbout},
	PermitAccount: {PermitRead},
	PermitAssess:  {PermitAccount},
	PermitEdit:    {PermitAccount},
	PermitPublish: {PermitAssess, PermitEdit},
	PermitAudit:   {PermitAccount},
	PermitUsers:   {PermitAccount},
	PermitImport:  {PermitPublish},
}

// grants lists what each role is given by name; the rest follows from implied.
var grants = map[Role][]Permission{
	Stranger:      {PermitAbout},
	Anonymous:     {PermitRead},
	Reader:        {PermitAccount},
	Analyst:       {PermitAssess, PermitEdit},
	Publisher:     {PermitPublish},
	Administrator: {PermitUsers, PermitAudit, PermitImport},
	Auditor:       {PermitAudit},
}

// Actor is who does something: a person's account or the program itself.
type Actor struct {
	ID       int64 // 0 for the program and for anonymous readers
	Name     string
	Role     Role
	ReadOnly bool   // true for a token that may only read, whatever its owner may do
	Address  string // where the request came from; empty for the program
}

// Public is the anonymous reader.
var Public = Actor{Role: Anonymous}

// Unknown is the anonymous reader where reading needs an account.
var Unknown = Actor{Role: Stranger}

// Program is the program itself, which loads the data set of a new database.
var Program = Actor{Name: "followthrough", Role: Administrator}

// May reports whether the actor holds the permission, by name or by implication. An unknown role holds none.
func May(a Actor, p Permission) bool {
	return slices.ContainsFunc(grants[a.Role], func(given Permission) bool { return given.brings(p) })
}

func (p Permission) brings(other Permission) bool {
	return p == other || slices.ContainsFunc(implied[p], func(q Permission) bool { return q.brings(other) })
}

// MayChange reports whether the actor holds the permission and may use it to change something.
func MayChange(a Actor, p Permission) bool { return !a.ReadOnly && May(a, p) }
