// What a user of OpenAPI Generator's Java client writes; it prints what the programs in other languages print.

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.ActorsApi;
import org.openapitools.client.api.ClaimsApi;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.model.ClaimDocument;
import org.openapitools.client.model.EventDocument;
import org.openapitools.client.model.EventsSort;
import org.openapitools.client.model.Problem;
import org.openapitools.client.model.ProblemFault;

public final class Program {
  public static void main(String[] addresses) throws Exception {
    ApiClient client = client(addresses[0]);
    EventsApi events = new EventsApi(client);
    var asked = EventsApi.APIListEventsRequest.newBuilder()
        .type(List.of("coerce", "mobilize"))
        .date("2019-05")
        .sort(List.of(EventsSort.DATE_DESCENDING))
        .build();
    var found = events.listEvents(asked);
    System.out.println("filtered: " + found.getPage().getTotal() + " " + types(found.getData()));
    System.out.println("pages: " + pages(new ClaimsApi(client)));
    inverse(new ActorsApi(client));
    union(new ActorsApi(client));
    problem(events, client);
    var newer = EventsApi.APIListEventsRequest.newBuilder().type(List.of("coerce")).build();
    System.out.println("unknown: " + types(new EventsApi(client(addresses[1])).listEvents(newer).getData()));
  }

  private static ApiClient client(String base) {
    ApiClient made = new ApiClient();
    made.updateBaseUri(base);
    return made;
  }

  private static String types(List<EventDocument> events) {
    Set<String> found = new TreeSet<>();
    events.forEach(each -> found.add(each.getType()));
    return String.join(" ", found);
  }

  private static int pages(ClaimsApi claims) throws ApiException {
    Set<String> ids = new TreeSet<>();
    String cursor = null;
    do {
      var page = claims.listClaims(ClaimsApi.APIListClaimsRequest.newBuilder().limit(20).cursor(cursor).build());
      for (ClaimDocument each : page.getData()) ids.add(each.getId());
      cursor = page.getPage().getNext();
    } while (cursor != null);
    return ids.size();
  }

  private static void inverse(ActorsApi actors) throws ApiException {
    var all = ActorsApi.APIListActorEventsRequest.newBuilder().actorId("kosovo-police").limit(1).build();
    var below = actors.listActorEvents(all);
    var one = ActorsApi.APIListActorEventsRequest.newBuilder()
        .actorId("kosovo-police")
        .id(List.of(below.getData().get(0).getId()))
        .build();
    int again = actors.listActorEvents(one).getPage().getTotal();
    System.out.println("inverse: " + below.getPage().getTotal() + " " + again);
  }

  private static void union(ActorsApi actors) throws ApiException {
    List<String> kinds = new ArrayList<>();
    for (String id : List.of("aleksandar-vucic", "kosovo-police", "serbs-in-kosovo")) {
      var asked = ActorsApi.APIGetActorRequest.newBuilder().actorId(id).build();
      kinds.add(actors.getActor(asked).getData().getActualInstance().getClass().getSimpleName());
    }
    System.out.println("union: " + String.join(" ", kinds));
  }

  private static void problem(EventsApi events, ApiClient client) throws Exception {
    try {
      events.listEvents(
          EventsApi.APIListEventsRequest.newBuilder().date("soon").place(List.of("nowhere")).build());
    } catch (ApiException error) {
      Set<String> parameters = new TreeSet<>();
      Problem told = client.getObjectMapper().readValue(error.getResponseBody(), Problem.class);
      for (ProblemFault each : told.getErrors()) parameters.add(each.getParameter());
      System.out.println("problem: " + error.getCode() + " " + String.join(" ", parameters));
    }
  }
}
