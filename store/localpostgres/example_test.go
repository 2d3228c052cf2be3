package localpostgres_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store/localpostgres"
)

func Example() {
	ctx := context.Background()
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("pinezka-cluster-example-%d", os.Getpid()))
	defer os.RemoveAll(dir)
	c, err := localpostgres.Open(ctx, localpostgres.Config{Dir: dir, Volatile: true}) // not durable: for tests only
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	conn, err := pgx.Connect(ctx, c.URL())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer conn.Close(ctx)
	var database string
	if err := conn.QueryRow(ctx, "select current_database()").Scan(&database); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("connected to", database)
	// Output: connected to pinezka
}
