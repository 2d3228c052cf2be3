package main

import (
	"context"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/store"
)

func jobsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "jobs", Short: "List, retry or drop jobs that failed, such as mails that could not be sent"}
	var f databaseFlags
	list := &cobra.Command{
		Use: "list", Short: "List the jobs that failed, the newest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.listJobs(cmd) },
	}
	f.add(list)
	cmd.AddCommand(list,
		changeJobCommand("retry", "Make a failed job due now", "Job %d is due now.\n", (*store.Store).RetryJob),
		changeJobCommand("drop", "Delete a failed job, which is not tried again", "Job %d is deleted.\n", (*store.Store).DropJob))
	return cmd
}

func (f *databaseFlags) listJobs(cmd *cobra.Command) error {
	s, stop, err := f.open(cmd.Context(), quiet())
	if err != nil {
		return err
	}
	defer stop()
	jobs, err := s.FailedJobs(cmd.Context())
	if err != nil {
		return err
	}
	if len(jobs) == 0 {
		fmt.Fprintln(cmd.OutOrStdout(), "No job has failed.")
		return nil
	}
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tKIND\tARGUMENTS\tATTEMPTS\tNEXT\tERROR")
	for _, j := range jobs {
		next := "dead"
		if !j.Dead {
			next = j.Next.Format(time.DateTime)
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%d\t%s\t%s\n", j.ID, j.Kind, j.Args, j.Attempts, next, j.Error)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the jobs: %w", err)
	}
	return nil
}

func changeJobCommand(name, short, done string, change func(*store.Store, context.Context, int64) error) *cobra.Command {
	var f databaseFlags
	cmd := &cobra.Command{
		Use: name + " ID", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return fmt.Errorf("%q is not the id of a job; \"pinezka jobs list\" lists them", args[0])
			}
			s, stop, err := f.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			if err := change(s, cmd.Context(), id); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), done, id)
			return nil
		},
	}
	f.add(cmd)
	return cmd
}
