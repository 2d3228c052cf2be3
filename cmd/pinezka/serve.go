package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/cmd/pinezka/garbage"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/academy"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/pdf"
	"github.com/pinezka/pinezka/web/serve"
)

// demoPins is the number of pins of a new demonstration district.
const demoPins = 2000

type serveFlags struct {
	databaseFlags
	mailFlags
	listen      string
	operator    string
	baseURL     string
	basemap     string
	locales     string
	chromium    string
	behindProxy bool
	ipv6Prefix  int
	pinRate     int
	demo        bool
	user        string
}

func serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the map",
		Args:  cobra.NoArgs,
		Long: "Serve the map, its tiles and its API until interrupted.\n\n" +
			"Every flag can be given as an environment variable: --data-dir is PINEZKA_DATA_DIR.",
		RunE: func(cmd *cobra.Command, _ []string) error { return f.serve(cmd.Context(), cmd.OutOrStdout(), logger()) },
	}
	f.needKeys = true
	f.databaseFlags.add(cmd)
	f.mailFlags.add(cmd)
	cmd.Flags().StringVar(&f.listen, "listen", "127.0.0.1:8080", "address to listen on")
	cmd.Flags().StringVar(&f.operator, "operator-listen", "", "address of a listener for the operator alone, which has no sign-in: /metrics, /debug/pprof/, /outbox, /mails and /jobs (default: none)")
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", "URL at which the public reaches the service, such as https://mapa.example.org; required with --behind-proxy (default: that of each request)")
	cmd.Flags().StringVar(&f.basemap, "basemap", "", "path or URL of a .pmtiles basemap of the Protomaps schema, or URL of a MapLibre style (default: basemap.pmtiles in the data directory, if there is one)")
	cmd.Flags().StringVar(&f.locales, "locales", "", "directory of PO files with further languages, or other texts (see \"pinezka messages --help\")")
	cmd.Flags().StringVar(&f.chromium, "chromium", "chromium", "name or path of the Chromium that makes certificates in PDF; without one, they are printed from their page")
	cmd.Flags().BoolVar(&f.behindProxy, "behind-proxy", false, "take the addresses of clients from X-Forwarded-For; only behind a proxy of your own, and with --base-url")
	cmd.Flags().IntVar(&f.ipv6Prefix, "ipv6-prefix", 64, "bits of an IPv6 address that identify a client; all addresses with this prefix share limits")
	cmd.Flags().IntVar(&f.pinRate, "pins-per-minute", 30, "pins that one address may add a minute in the long run; at once, ten times as many")
	cmd.Flags().StringVar(&f.user, "user", "", "user to run as, when started as root, once everything is open (default: that of a local database, or nobody)")
	cmd.Flags().BoolVar(&f.demo, "demo", false, "create a made-up district if it does not exist")
	return cmd
}

// pdf returns what makes PDFs, or nil where there is no browser.
func (f *serveFlags) pdf() academy.PDF {
	if c := pdf.Find(f.chromium); c != nil {
		return c
	}
	return nil
}

func (f *serveFlags) serve(ctx context.Context, out io.Writer, log *slog.Logger) (err error) {
	if f.behindProxy && f.baseURL == "" {
		return errors.New("--behind-proxy needs --base-url: behind a proxy, the URL of a request is not that of the public")
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.listen) // first, so that a port in use fails before a database is started
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another with --listen", f.listen, err)
	}
	defer listener.Close()
	op, err := listenOperator(ctx, f.operator)
	if err != nil {
		return err
	}
	defer op.close()
	if f.ipv6Prefix < 1 || f.ipv6Prefix > 128 {
		return fmt.Errorf("--ipv6-prefix %d is not 1 to 128", f.ipv6Prefix)
	}
	if f.pinRate < 1 {
		return fmt.Errorf("--pins-per-minute %d is not at least 1", f.pinRate)
	}
	mailServer, err := f.server(f.baseURL)
	if err != nil {
		return err
	}
	if _, _, err := f.openBasemap(ctx); err != nil {
		return err
	}
	catalogue, err := loadCatalogue(f.locales, log)
	if err != nil {
		return err
	}
	database, stop, err := f.start(ctx, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if f.demo && f.basemap == "" { // as the user who owns the data directory
		if err := makeDemoGround(ctx, f.dir); err != nil {
			log.Warn("the demonstration has no streets", "err", err)
		}
	}
	if err := f.becomeUnprivileged(ctx, database, log); err != nil {
		return err
	}
	if f.demo {
		if err := loadDemo(ctx, out, database); err != nil {
			return err
		}
	}

	base, styleURL, err := f.openBasemap(ctx)
	if err != nil {
		return err
	}

	live := tiles.New(tiles.Config{Source: database, Logger: log})
	op.watch(live)
	asked := newSignIns()
	server, err := web.New(web.Config{
		Live: live, Store: database, Catalogue: catalogue, BaseURL: f.baseURL, Basemap: base, Walk: f.openWalk(log), PDF: f.pdf(), StyleURL: styleURL, BehindProxy: f.behindProxy,
		IPv6Prefix: f.ipv6Prefix, Writes: f.pinRate, SignInRequested: asked.request, Logger: log,
	})
	if err != nil {
		return err
	}
	mailer, err := f.mailer(mailServer, catalogue, cmp.Or(f.baseURL, localURL(listener.Addr())), database)
	if err != nil {
		return err
	}
	if err := op.show(mailer, database, log); err != nil {
		return err
	}
	connections := limitConnections(listener, f.ipv6Prefix)
	op.watchCache(server.CacheMetrics)
	op.watchLimits(func() []serve.LimitMetrics {
		return append(server.LimitMetrics(), connections.shares.Metrics("connections"))
	})
	if op != nil {
		fmt.Fprintf(out, "Metrics and profiles are at http://%s\n", op.listener.Addr())
	}
	if mailServer == nil {
		announceOutbox(out, op)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { live.Run(ctx); return nil })
	jobs := func(ctx context.Context) error {
		return database.RunJobs(ctx, store.JobsConfig{Deliver: mailer.Deliver, Logger: quiet()})
	}
	group.Go(func() error { runJobs(ctx, jobs, log); return nil })
	group.Go(func() error { asked.run(ctx, database.QueueSignIns, database.DeleteExpiredSignIns, log); return nil })
	group.Go(func() error { everySecond(ctx, "seal the audit", database.SealAudit, log); return nil })
	group.Go(func() error {
		everySecond(ctx, "look through texts that wait", database.FlagWaitingTexts, log)
		return nil
	})
	group.Go(func() error { return op.serve(ctx, log) })
	group.Go(func() error { followBasemap(ctx, base, log); return nil })
	group.Go(func() error {
		if waitUntilReady(ctx, live) {
			debug.FreeOSMemory() // what loading needed
			fmt.Fprintf(out, "Pinezka is at http://%s (Ctrl-C stops it)\n", listener.Addr())
			garbage.Limit(ctx)
		}
		return nil
	})
	serveHTTP(ctx, group, connections, server, newHTTPServer(server.Handler(op.middleware()...), log))
	return group.Wait()
}

// becomeUnprivileged ends the rights of root, and checks that the service can
// still reach what it needs.
func (f *serveFlags) becomeUnprivileged(ctx context.Context, database *store.Store, log *slog.Logger) error {
	if os.Geteuid() != 0 && f.user == "" {
		return nil
	}
	name, err := dropPrivileges(f.user, database.Socket())
	if err != nil {
		return err
	}
	log.Info("the service runs as an ordinary user", "user", name)
	_, _, err = f.openBasemap(ctx)
	if err := errors.Join(database.Reconnect(ctx), err); err != nil {
		return fmt.Errorf("as the user %s: %w; choose another with --user", name, err)
	}
	return nil
}

// newHTTPServer returns a server with limits of time and size for slow and
// hostile clients. WriteTimeout is the time to the first byte of a response, which
// then has a deadline for each piece.
func newHTTPServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10, // a query with every filter takes some kilobytes
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// serveHTTP adds to group the serving of listener until ctx ends. Then streams
// are closed and other requests have ten seconds to finish.
func serveHTTP(ctx context.Context, group *errgroup.Group, listener net.Listener, server *web.Server, h *http.Server) {
	group.Go(func() error {
		if err := h.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve the map: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		server.CloseStreams()
		deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		if err := h.Shutdown(deadline); err != nil {
			return fmt.Errorf("requests were still open after ten seconds: %w", err)
		}
		return nil
	})
}

// waitUntilReady waits until the map is loaded. It returns false when ctx ends
// first.
func waitUntilReady(ctx context.Context, live *tiles.Live) bool {
	for !live.State().Ready {
		select {
		case <-ctx.Done():
			return false
		case <-live.Watch():
		case <-time.After(100 * time.Millisecond):
		}
	}
	return true
}

// loadCatalogue returns the texts of the program with those of the directory, if
// one is given.
func loadCatalogue(dir string, log *slog.Logger) (*i18n.Catalogue, error) {
	c, err := web.Catalogue()
	if err != nil || dir == "" {
		return c, err
	}
	unknown, err := c.AddDir(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("--locales %s: %w", dir, err)
	}
	if len(unknown) > 0 {
		log.Warn("texts that this version does not have are skipped", "locales", dir, "texts", unknown)
	}
	return c, nil
}

// loadDemo creates the demonstration district unless it exists.
func loadDemo(ctx context.Context, out io.Writer, database *store.Store) error {
	_, err := database.District(ctx, demo.Slug)
	if err == nil || !errors.Is(err, civic.ErrNotFound) {
		return err
	}
	fmt.Fprintf(out, "Creating a demonstration district with %d made-up pins …\n", demoPins)
	return makeDemo(ctx, database, demonstration{demoPins, 1, time.Now(), func() {}})
}
