package models

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of an account, in characters.
const (
	MaxName          = 120
	MaxEmail         = 254 // RFC 5321, 4.5.3.1.3, less the angle brackets
	MinPassphrase    = 15
	MaxPassphrase    = 1024 // bytes
	SessionsPerUser  = 10
	DefaultTokenDays = 90
	MaxTokenDays     = 366
)

// User is the account of a person.
type User struct {
	ID           int64  `json:"id"`
	Email        string `json:"email"`
	Name         string `json:"name"`
	Role         Role   `json:"role"`
	Disabled     bool   `json:"disabled"`
	SecondFactor bool   `json:"second_factor" description:"True when signing in asks for a code as well."`
	KeysOff      bool   `json:"keys_off" description:"True when single keys do nothing on the person's pages (WCAG 2.1.4)."`
	CreatedAt    string `json:"created_at" description:"UTC instant."`
	SeenAt       string `json:"seen_at" description:"UTC instant of the last request, to the minute; empty before the first."`
	Sessions     int    `json:"sessions" description:"Places where the person is signed in."`
}

// Actor returns the user as one who does something.
func (u User) Actor() Actor { return Actor{ID: u.ID, Name: u.Name, Role: u.Role} }

// NewUser is what an account is made of.
type NewUser struct {
	Email string `json:"email"`
	Name  string `json:"name"`
	Role  Role   `json:"role"`
}

// Validate checks the fields of a new account.
func (n NewUser) Validate() error {
	var bad []FieldError
	switch a, err := mail.ParseAddress(n.Email); {
	case n.Email == "":
		bad = append(bad, Field("email", "error.required"))
	case err != nil || a.Address != n.Email || len(n.Email) > MaxEmail || strings.ContainsFunc(n.Email, unicode.IsSpace):
		bad = append(bad, Field("email", "error.email"))
	}
	switch n := n.Name; {
	case strings.TrimSpace(n) == "":
		bad = append(bad, Field("name", "error.required"))
	case utf8.RuneCountInString(n) > MaxName:
		bad = append(bad, Field("name", "error.too_long", "max", MaxName))
	case strings.ContainsFunc(n, hiddenInName):
		bad = append(bad, Field("name", "error.hidden_character"))
	}
	if !n.Role.Valid() {
		bad = append(bad, Field("role", "error.unknown_value", "value", string(n.Role)))
	}
	return Invalid(bad...)
}

// hiddenInName reports whether a character cannot be seen, or turns the order of others, in a name.
func hiddenInName(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) }

// EmailKey is the form in which addresses are compared.
func EmailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// Credentials are what signing in is checked against.
type Credentials struct {
	User
	PassphraseHash string // in PHC form
	FactorSecret   string // base32; empty without a second factor
}

// Token opens the record to a program in the name of its owner. The token itself is shown once and never kept.
type Token struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Prefix    string `json:"prefix" description:"The beginning of the token, to tell it from others."`
	Owner     string `json:"owner"`
	OwnerID   int64  `json:"-"`
	Scope     Scope  `json:"scope"`
	CreatedAt string `json:"created_at"`
	ExpiresAt string `json:"expires_at"`
	RevokedAt string `json:"revoked_at" description:"Empty while it is good."`
	UsedAt    string `json:"used_at" description:"UTC instant of the last use, to the minute."`
	UsedFrom  string `json:"used_from" description:"Network address of the last use."`
}

// Scope is how far a token reaches.
type Scope string

// The scopes. ScopeWrite does what its owner may do, save keeping accounts.
const (
	ScopeRead  Scope = "read"
	ScopeWrite Scope = "write"
)

// NewToken is what a token is made of.
type NewToken struct {
	Name  string `json:"name"`
	Scope Scope  `json:"scope"`
	Days  int    `json:"days" description:"Days until it expires; 90 when 0."`
}

// Validate checks the fields of a new token.
func (n NewToken) Validate() error {
	var bad []FieldError
	if name := strings.TrimSpace(n.Name); name == "" || utf8.RuneCountInString(name) > MaxName {
		bad = append(bad, Field("name", "error.length", "max", MaxName))
	}
	if n.Scope != ScopeRead && n.Scope != ScopeWrite {
		bad = append(bad, Field("scope", "error.unknown_value", "value", string(n.Scope)))
	}
	if n.Days < 0 || n.Days > MaxTokenDays {
		bad = append(bad, Field("days", "error.max", "max", MaxTokenDays))
	}
	return Invalid(bad...)
}

// Session is a place where a person is signed in.
type Session struct {
	Ref       string `json:"ref"`
	CreatedAt string `json:"created_at"`
	SeenAt    string `json:"seen_at"`
	Address   string `json:"address"`
	Agent     string `json:"agent" description:"The browser, as it names itself."`
	Current   bool   `json:"current"`
}

// Invitation is what a one-time link is for.
type Invitation struct {
	NewUser
	Ref       string // names it to administrators; opens nothing
	UserID    int64  // of the account whose passphrase it renews; 0 for a new account
	ExpiresAt string
}
