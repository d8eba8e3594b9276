package main

type seedCommand struct{ database }

// Run loads the Quad record; a second run changes nothing.
func (c *seedCommand) Run(env *environment) error {
	record, err := c.open(env.ctx, env.now)
	if err != nil {
		return err
	}
	defer record.close()
	return applyQuad(env, record)
}
