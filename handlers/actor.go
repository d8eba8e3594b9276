package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// identify finds out who asks: the owner of the token in the Authorization header, the person of the session, or the
// public. It is the only place that does; what they may do is asked of the route table and of models.May.
func (s *Server) identify(c *Call) error {
	c.From = clientOf(c.Request, s.TrustedProxies)
	if given := c.Request.Header.Values("Authorization"); len(given) > 0 {
		return s.identifyToken(c, given)
	}
	id, noted, err := s.sessions.User(c.Context())
	if err != nil {
		return err
	}
	if id == 0 {
		return s.public(c)
	}
	user, err := s.Store.User(c.Context(), id)
	if badKind(err) == models.KindNotFound { // the account was shut
		return errors.Join(s.sessions.End(c.Context()), s.public(c))
	}
	if err != nil {
		return err
	}
	if noted {
		if err := s.Store.Seen(c.Context(), id); err != nil {
			return err
		}
	}
	c.User, c.Actor = &user, user.Actor()
	c.Actor.Address = c.From
	return s.restrict(c, user)
}

// public lets somebody without an account read, where reading needs none.
func (s *Server) public(c *Call) error {
	closed, err := s.Store.SignInToRead(c.Context())
	if err == nil && !closed {
		c.Actor = models.Public
		c.Request = c.Request.WithContext(store.ForPublic(c.Context()))
	}
	return err
}

// restrict lets somebody whose role must have a second factor only read until it is there.
func (s *Server) restrict(c *Call, user models.User) error {
	if user.SecondFactor {
		return nil
	}
	roles, err := s.Store.FactorRoles(c.Context())
	if err != nil {
		return err
	}
	if c.MustEnrol = slices.Contains(roles, user.Role); c.MustEnrol {
		c.Actor.Role = models.Reader
	}
	return nil
}

func (s *Server) identifyToken(c *Call, given []string) error {
	c.ByToken = true // whoever sends a token is told about it and not shown a form to sign in
	refused := &models.Error{Kind: models.KindAnonymous, Key: "error.token_refused"}
	token, bearer := strings.CutPrefix(given[0], "Bearer ")
	if len(given) > 1 || !bearer || !session.WellFormed(token) {
		s.security(c, "token", 0, "token")
		return refused
	}
	actor, err := s.Store.TokenActor(c.Context(), session.HashOf(token), c.From)
	if badKind(err) == models.KindNotFound {
		s.security(c, "token", 0, "token")
		return refused
	}
	if err != nil {
		return err
	}
	c.Actor = actor
	owner, err := s.Store.User(c.Context(), actor.ID)
	if badKind(err) == models.KindNotFound { // the account was shut at this moment
		return refused
	}
	if err != nil {
		return err
	}
	return s.restrict(c, owner)
}

// allowed checks, before anything is read, that the actor may use the route.
func (s *Server) allowed(c *Call) error {
	switch r := c.Route; {
	case !models.May(c.Actor, r.Permission) && c.Actor.ID == 0:
		return &models.Error{Kind: models.KindAnonymous, Key: "error.anonymous"}
	case !models.May(c.Actor, r.Permission):
		return &models.Error{Kind: models.KindForbidden, Key: "error.forbidden_role", Args: map[string]any{"roles": s.rolesWith(c, r.Permission)}}
	case c.ByToken && r.Personal:
		return &models.Error{Kind: models.KindForbidden, Key: "error.no_token"}
	case c.Actor.ReadOnly && r.Method != http.MethodGet && c.MustEnrol:
		return &models.Error{Kind: models.KindForbidden, Key: "error.must_enrol"}
	case c.Actor.ReadOnly && r.Method != http.MethodGet:
		return &models.Error{Kind: models.KindForbidden, Key: "error.read_token"}
	case r.Verified && !s.sessions.Verified(c.Context()):
		return &models.Error{Kind: models.KindAnonymous, Key: "error.verify"}
	}
	return nil
}

// rolesWith names the roles that hold a permission, in the language of the call.
func (s *Server) rolesWith(c *Call, p models.Permission) string {
	var all []string
	for _, role := range models.AccountRoles {
		if models.May(models.Actor{Role: role}, p) {
			all = append(all, s.printer(c).T("role_of."+string(role)))
		}
	}
	return strings.Join(all, " · ")
}
