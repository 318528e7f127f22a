// What a user of OpenAPI Generator's Go client writes; it prints what the programs in other languages print.

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	onrecord "onrecord.example/generated"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func client(base string) *onrecord.APIClient {
	configuration := onrecord.NewConfiguration()
	configuration.Servers = onrecord.ServerConfigurations{{URL: base}}
	return onrecord.NewAPIClient(configuration)
}

func sorted(values []string) string {
	slices.Sort(values)
	return strings.Join(slices.Compact(values), " ")
}

func types(events []onrecord.EventDocument) string {
	var found []string
	for _, each := range events {
		found = append(found, each.Type)
	}
	return sorted(found)
}

func filtered(ctx context.Context, api *onrecord.APIClient) {
	asked := api.EventsAPI.ListEvents(ctx).Type_([]string{"coerce", "mobilize"}).Date("2019-05")
	found, _, err := asked.Sort([]onrecord.EventsSort{onrecord.EVENTSSORT_DATE_DESCENDING}).Execute()
	must(err)
	fmt.Println("filtered:", found.Page.Total, types(found.Data))
}

func pages(ctx context.Context, api *onrecord.APIClient) {
	var ids []string
	asked := api.ClaimsAPI.ListClaims(ctx).Limit(20)
	for {
		page, _, err := asked.Execute()
		must(err)
		for _, each := range page.Data {
			ids = append(ids, each.Id)
		}
		next := page.Page.Next.Get()
		if next == nil {
			break
		}
		asked = asked.Cursor(*next)
	}
	slices.Sort(ids)
	fmt.Println("pages:", len(slices.Compact(ids)))
}

func inverse(ctx context.Context, api *onrecord.APIClient) {
	below, _, err := api.ActorsAPI.ListActorEvents(ctx, "kosovo-police").Limit(1).Execute()
	must(err)
	again, _, err := api.ActorsAPI.ListActorEvents(ctx, "kosovo-police").Id([]string{below.Data[0].Id}).Execute()
	must(err)
	fmt.Println("inverse:", below.Page.Total, again.Page.Total)
}

func union(ctx context.Context, api *onrecord.APIClient) {
	var kinds []string
	for _, id := range []string{"aleksandar-vucic", "kosovo-police", "serbs-in-kosovo"} {
		found, _, err := api.ActorsAPI.GetActor(ctx, id).Execute()
		must(err)
		switch found.Data.GetActualInstance().(type) {
		case *onrecord.Person:
			kinds = append(kinds, "Person")
		case *onrecord.Organisation:
			kinds = append(kinds, "Organisation")
		case *onrecord.Group:
			kinds = append(kinds, "Group")
		}
	}
	fmt.Println("union:", strings.Join(kinds, " "))
}

func problem(ctx context.Context, api *onrecord.APIClient) {
	_, answer, err := api.EventsAPI.ListEvents(ctx).Date("soon").Place([]string{"nowhere"}).Execute()
	var told *onrecord.GenericOpenAPIError
	if !errors.As(err, &told) {
		must(fmt.Errorf("no problem: %v", err))
	}
	var body onrecord.Problem
	must(json.Unmarshal(told.Body(), &body))
	var parameters []string
	for _, each := range body.Errors {
		parameters = append(parameters, each.Parameter)
	}
	fmt.Println("problem:", answer.StatusCode, sorted(parameters))
}

func main() {
	ctx, api := context.Background(), client(os.Args[1])
	filtered(ctx, api)
	pages(ctx, api)
	inverse(ctx, api)
	union(ctx, api)
	problem(ctx, api)
	newest, _, err := client(os.Args[2]).EventsAPI.ListEvents(ctx).Type_([]string{"coerce"}).Execute()
	must(err)
	fmt.Println("unknown:", types(newest.Data))
}
