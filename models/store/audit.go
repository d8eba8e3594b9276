package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Audit returns one page of who changed what, newest first.
func (s *Store) Audit(ctx context.Context, actor models.Actor, f models.AuditFilter, p models.Page) (*models.List[models.AuditEntry], error) {
	if !models.May(actor, models.PermitAudit) {
		return nil, forbidden()
	}
	where, args := " WHERE 1 = 1", []any{}
	and := func(cond string, arg any, given bool) {
		if given {
			where += " AND " + cond
			args = append(args, arg)
		}
	}
	and(`LOWER(actor) LIKE ? ESCAPE '\'`, containing(f.Actor), f.Actor != "")
	and("action = ?", f.Action, f.Action != "")
	and(`LOWER(object) LIKE ? ESCAPE '\'`, containing(f.Object), f.Object != "")
	and("at >= ?", f.From.String(), !f.From.IsZero())
	and("at <= ?", f.Until.Last()+"T99", !f.Until.IsZero())
	after, err := cursorOf("audit", p.After)
	if err != nil {
		return nil, err
	}
	var list *models.List[models.AuditEntry]
	err = s.view(ctx, models.When{}, func(v *view) error {
		var total int
		if err := scanRow(v.db.Raw("SELECT COUNT(*) FROM audit"+where, args...), &total); err != nil {
			return translate("count the audit", err)
		}
		before, err := strconv.ParseInt(after.Ref, 10, 64)
		and("seq < ?", before, err == nil)
		items := []models.AuditEntry{}
		if err := v.db.Raw("SELECT seq, at, actor, action, object, detail, hash FROM audit"+where+" ORDER BY seq DESC LIMIT ?", append(args, p.Limit+1)...).Scan(&items).Error; err != nil {
			return translate("read the audit", err)
		}
		var next *string
		if len(items) > p.Limit {
			items = items[:p.Limit]
			token := cursor{List: "audit", Ref: strconv.FormatInt(items[p.Limit-1].Seq, 10)}.String()
			next = &token
		}
		list = envelope(v, items, total)
		list.Next = next
		return nil
	})
	return list, err
}

// AuditSubjects returns whose accounts, tokens and links the objects of entries are and what their updates judge, by object.
func (s *Store) AuditSubjects(ctx context.Context, actor models.Actor, entries []models.AuditEntry) (map[string]models.AuditSubject, error) {
	if !models.May(actor, models.PermitAudit) {
		return nil, forbidden()
	}
	objects := make([]string, len(entries))
	for i, e := range entries {
		objects[i] = e.Object
	}
	var found []models.AuditSubject
	err := s.readers.WithContext(ctx).Raw(`SELECT * FROM (
		SELECT 'user:' || id AS object, id AS user_id, name, email, '' AS initiative FROM users
		UNION ALL SELECT 'user:' || email_key, id, name, email, '' FROM users
		UNION ALL SELECT 'token:' || t.id, u.id, u.name, u.email, '' FROM tokens t JOIN users u ON u.id = t.user_id
		UNION ALL SELECT 'token:' || t.prefix, u.id, u.name, u.email, '' FROM tokens t JOIN users u ON u.id = t.user_id
		UNION ALL SELECT 'invitation:' || SUBSTR(hash, 1, ?), 0, name, email, '' FROM invitations
		UNION ALL SELECT 'update:' || u.id, 0, '', '', i.ref FROM updates u JOIN initiatives i ON i.id = u.initiative_id
	) AS named WHERE object IN ?`, sessionRef, objects).Scan(&found).Error
	all := map[string]models.AuditSubject{}
	for _, f := range found {
		all[f.Object] = f
	}
	return all, translate("read what the audit speaks of", err)
}

// containing is the pattern of texts that hold words, whatever their case.
func containing(words string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(words)) + "%"
}
