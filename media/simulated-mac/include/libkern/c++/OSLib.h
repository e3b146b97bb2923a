#pragma once

#include <libkern/libkern.h>
#include <string.h>
