package models

import "slices"

// Role is what an account may do as a whole.
type Role string

// The roles. Anonymous is everybody without an account.
const (
	Anonymous     Role = "anonymous"
	Reader        Role = "reader"
	Analyst       Role = "analyst"
	Publisher     Role = "publisher"
	Administrator Role = "administrator"
	Auditor       Role = "auditor"
)

// Roles lists the roles, least trusted first.
var Roles = []Role{Anonymous, Reader, Analyst, Publisher, Administrator, Auditor}

// Permission is one thing that a role may do. Every route names one.
type Permission string

// The permissions.
const (
	// PermitHealth answers whether the program runs; it needs no role.
	PermitHealth Permission = "health"
	// PermitRead reads what is published.
	PermitRead Permission = "read"
	// PermitImport loads a whole data set; it belongs to the program's own start-up and to administrators.
	PermitImport Permission = "import"
	// PermitAssess adds updates and evidence.
	PermitAssess Permission = "assess"
)

var grants = map[Role][]Permission{
	Anonymous:     {PermitHealth, PermitRead},
	Reader:        {PermitHealth, PermitRead},
	Auditor:       {PermitHealth, PermitRead},
	Analyst:       {PermitHealth, PermitRead, PermitAssess},
	Publisher:     {PermitHealth, PermitRead, PermitAssess},
	Administrator: {PermitHealth, PermitRead, PermitAssess, PermitImport},
}

// Actor is who does something: a person's account or the program itself.
type Actor struct {
	ID   int64 // 0 for the program and for anonymous readers
	Name string
	Role Role
}

// Public is the anonymous reader.
var Public = Actor{Role: Anonymous}

// Program is the program itself, which loads the data set of a new database.
var Program = Actor{Name: "followthrough", Role: Administrator}

// May reports whether the actor holds the permission. An unknown role holds none.
func May(a Actor, p Permission) bool { return slices.Contains(grants[a.Role], p) }
