package frontend

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

func disableLabel(f Frame, u models.User) string {
	if u.Disabled {
		return f.T("users.enable")
	}
	return f.T("users.disable")
}

func forced(p Users, r models.Role) bool { return slices.Contains(p.Forced, r) }

func second(p Users, forum string) bool { return slices.Contains(p.Second, forum) }
