// The hand-made traces of the model's tests, for this executable too.
#include "tests/model/story.cpp"
