package outbox_test

func runChild() bool { return false }
