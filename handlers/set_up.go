package handlers

import (
	"crypto/subtle"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// setUpPage is there only while nobody has an account.
func (s *Server) setUpPage(c *Call, _ struct{}) (*Reply, error) {
	if err := s.settingUp(c); err != nil {
		return nil, err
	}
	return s.setUpForm(c, nil)
}

func (s *Server) settingUp(c *Call) error {
	some, err := s.Store.HasUsers(c.Context())
	if err != nil {
		return err
	}
	if some {
		return &models.Error{Kind: models.KindNotFound, Key: "error.no_set_up"}
	}
	if s.SetUpCode == "" {
		return &models.Error{Kind: models.KindNotFound, Key: "error.no_page"}
	}
	return nil
}

// setUp makes the first account with the code that the program wrote into its log.
func (s *Server) setUp(c *Call, _ struct{}, b accountBody) (*Reply, error) {
	if err := s.settingUp(c); err != nil {
		return nil, err
	}
	if err := s.mayTry(c, "set_up", "set-up"); err != nil {
		return nil, err
	}
	if right, err := s.opensSetUp(c, session.HashOf(strings.TrimSpace(b.Code))); err != nil {
		return nil, err
	} else if !right {
		s.security(c, "set_up", 0, "code")
		return nil, models.Invalid(models.Field("code", "error.set_up_code"))
	}
	if err := s.Store.TryRight(c.Context(), "set-up", neighbourhood(c.From)); err != nil {
		return nil, err
	}
	n := models.NewUser{Email: strings.TrimSpace(b.Email), Name: strings.TrimSpace(b.Name), Role: models.Administrator}
	id, err := s.newAccount(c, n, b.Passphrase, func(hash string) (int64, error) { return s.Store.SetUp(c.Context(), n, hash) })
	if err != nil {
		return nil, err
	}
	return s.welcome(c, id)
}

// opensSetUp reports whether the code of that hash is this process's, or that of another one which serves the record.
func (s *Server) opensSetUp(c *Call, hash string) (bool, error) {
	if subtle.ConstantTimeCompare([]byte(hash), []byte(s.setup.hash)) == 1 {
		return true, nil
	}
	_, err := s.Store.SharedBy(c.Context(), store.SharedSetUpCode, hash)
	if badKind(err) == models.KindNotFound {
		return false, nil
	}
	return err == nil, err
}

func (s *Server) setUpForm(c *Call, bad error) (*Reply, error) {
	form := s.form(c, bad)
	form.Values.Del("passphrase")
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.SetUpPage(f, form) }}, nil
}

// newAccount checks everything that is typed at once, then hashes and keeps it.
func (s *Server) newAccount(c *Call, n models.NewUser, passphrase string, keep func(hash string) (int64, error)) (int64, error) {
	if err := models.Together(n.Validate(), session.Judge(passphrase, n.Name, n.Email)); err != nil {
		return 0, err
	}
	hash, err := s.hasher.Hash(c.Context(), passphrase)
	if err != nil {
		return 0, err
	}
	return keep(hash)
}

// welcome signs a new account in.
func (s *Server) welcome(c *Call, id int64) (*Reply, error) {
	if err := s.sessions.Begin(c.Context(), id, c.From, c.Request.UserAgent()); err != nil {
		return nil, err
	}
	s.security(c, "sign_in", id, "")
	s.sessions.Leave(c.Context(), s.printer(c).T("account.welcome"))
	return seeOther(c, "/account"), nil
}

func (s *Server) invitationPage(c *Call, in refPath) (*Reply, error) {
	return s.invitationForm(c, in, nil)
}

func (s *Server) invitationForm(c *Call, in refPath, err error) (*Reply, error) {
	i, gone := s.Store.Invitation(c.Context(), session.HashOf(in.Ref))
	if gone != nil {
		return nil, gone
	}
	form := s.form(c, err)
	form.Values.Del("passphrase")
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.InvitationPage(f, i, form) }}, nil
}

// accept uses a one-time link up: a new account, or a new passphrase for one that was there, which then signs in with
// its second factor.
func (s *Server) accept(c *Call, in refPath, b accountBody) (*Reply, error) {
	hash := session.HashOf(in.Ref)
	i, err := s.Store.Invitation(c.Context(), hash)
	if err != nil {
		return nil, err
	}
	if i.UserID == 0 {
		i.Name = strings.TrimSpace(b.Name)
	}
	id, err := s.newAccount(c, i.NewUser, b.Passphrase, func(kept string) (int64, error) { return s.Store.Accept(c.Context(), hash, i.Name, kept) })
	if err != nil {
		return nil, err
	}
	if i.UserID != 0 {
		return seeOther(c, "/sign-in"), nil
	}
	return s.welcome(c, id)
}
