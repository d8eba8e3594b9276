package handlers

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
)

func (s *Server) users(c *Call, _ struct{}) (*Reply, error) { return s.usersPage(c, "", nil) }

func (s *Server) usersAgain(c *Call, bad error) (*Reply, error) { return s.usersPage(c, "", bad) }

func (s *Server) userAgain(c *Call, _ refPath, bad error) (*Reply, error) {
	return s.usersPage(c, "", bad)
}

func (s *Server) usersPage(c *Call, link string, bad error) (*Reply, error) {
	all, err := s.Store.Users(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	p := frontend.Users{Users: all, Form: s.form(c, bad), Link: link}
	if p.Invitations, err = s.Store.Invitations(c.Context(), c.Actor); err != nil {
		return nil, err
	}
	if p.SignInToRead, err = s.Store.SignInToRead(c.Context()); err != nil {
		return nil, err
	}
	if p.Forced, err = s.Store.FactorRoles(c.Context()); err != nil {
		return nil, err
	}
	if p.Forums, p.Second, err = s.Store.SecondPersonForums(c.Context()); err != nil {
		return nil, err
	}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.UsersPage(f, p) }}, nil
}

// invite makes a one-time link for a new account and shows it, this once.
func (s *Server) invite(c *Call, _ struct{}, n models.NewUser) (*Reply, error) {
	n.Email, n.Name = strings.TrimSpace(n.Email), strings.TrimSpace(n.Name)
	secret := session.NewSecret()
	if err := s.Store.Invite(c.Context(), c.Actor, n, session.HashOf(secret)); err != nil {
		return nil, err
	}
	c.Form = nil
	return s.usersPage(c, s.link(c, secret), nil)
}

// link is the address that an invitation opens.
func (s *Server) link(c *Call, secret string) string {
	return s.origin(c.Request) + "/" + string(c.Lang) + "/invitations/" + secret
}

// userBody changes what an account may do.
type userBody struct {
	Role     models.Role `json:"role"`
	Disabled bool        `json:"disabled"`
}

func (s *Server) changeUser(c *Call, in refPath, b userBody) (*Reply, error) {
	id, err := idOf(in.Ref, "user")
	if err != nil {
		return nil, err
	}
	if err := s.Store.SetRole(c.Context(), c.Actor, id, b.Role, b.Disabled); err != nil {
		return nil, err
	}
	return s.done(c, "/admin/users", "users.changed"), nil
}

// renewUser makes a one-time link by which a person chooses a new passphrase; nobody else ever sees one.
func (s *Server) renewUser(c *Call, in refPath, _ empty) (*Reply, error) {
	id, err := idOf(in.Ref, "user")
	if err != nil {
		return nil, err
	}
	secret := session.NewSecret()
	if err := s.Store.Renew(c.Context(), c.Actor, id, session.HashOf(secret)); err != nil {
		return nil, err
	}
	c.Form = nil
	return s.usersPage(c, s.link(c, secret), nil)
}

func (s *Server) endUserSessions(c *Call, in refPath, _ empty) (*Reply, error) {
	id, err := idOf(in.Ref, "user")
	if err != nil {
		return nil, err
	}
	if err := s.Store.EndSessions(c.Context(), c.Actor, id, s.sessions.Hash(c.Context())); err != nil {
		return nil, err
	}
	return s.done(c, "/admin/users", "session.ended"), nil
}

func (s *Server) withdraw(c *Call, in refPath, _ empty) (*Reply, error) {
	if err := s.Store.Withdraw(c.Context(), c.Actor, in.Ref); err != nil {
		return nil, err
	}
	return s.done(c, "/admin/users", "users.withdrawn"), nil
}

// factorRolesBody says which roles must have a second factor.
type factorRolesBody struct {
	Roles []models.Role `json:"roles"`
}

func (s *Server) setFactorRoles(c *Call, _ struct{}, b factorRolesBody) (*Reply, error) {
	if err := s.Store.SetFactorRoles(c.Context(), c.Actor, b.Roles); err != nil {
		return nil, err
	}
	return s.done(c, "/admin/users", "users.changed"), nil
}

// readingBody says whether reading needs an account.
type readingBody struct {
	SignIn bool `json:"sign_in"`
}

func (s *Server) setReading(c *Call, _ struct{}, b readingBody) (*Reply, error) {
	if err := s.Store.SetSignInToRead(c.Context(), c.Actor, b.SignIn); err != nil {
		return nil, err
	}
	return s.done(c, "/admin/users", "users.saved"), nil
}

func (s *Server) allTokens(c *Call, _ struct{}) (*Reply, error) {
	all, err := s.Store.Tokens(c.Context(), c.Actor, true)
	if err != nil {
		return nil, err
	}
	p, now := frontend.Account{User: *c.User, Tokens: all, Form: s.form(c, nil)}, s.instant()
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.TokensPage(f, p, now, true) }}, nil
}

// instant is the present in the form that instants are kept in.
func (s *Server) instant() string { return s.Now().UTC().Format(time.RFC3339) }
