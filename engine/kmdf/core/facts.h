// Answers what the law asks from live objects, and carries out its rulings. Called by the files
// of kmdf/api and by the parts of a queue that judge a call under its lock.
#pragma once
#include "kmdf/core/framework.h"
#include "law/law.h"

namespace qs::kmdf {

law::RequestFacts facts_of(const Request* r);
law::QueueFacts facts_of(const Queue* q);
law::TargetFacts facts_of(const IoTarget* t);

// Facts of a call on this thread, about no object yet.
law::Facts call_facts();
// ... about a request and its queue; about a queue (its lock held where it matters).
law::Facts call_facts(const Request* r);
law::Facts call_facts(const Queue* q);

// Reports what the ruling says, about `s` and `o`. True: the call goes on; false: it is refused and
// returns ruling.status. Does not return where the run ends.
bool carry_out(const law::Ruling& ruling, ObjectId s, ObjectId o = {});
// because() for reports about a request that the driver does not own: who owns it, and at which
// line the driver gave it up.
void tell_not_owned(const Request* r);
// "; it was given away at driver.c:83", for a request that the driver owned once; else "".
std::string where_given_away(ObjectId request);

}  // namespace qs::kmdf
