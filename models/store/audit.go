package store

import (
	"context"
	"strconv"

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
	and("actor = ?", f.Actor, f.Actor != "")
	and("action = ?", f.Action, f.Action != "")
	and("object = ?", f.Object, f.Object != "")
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
