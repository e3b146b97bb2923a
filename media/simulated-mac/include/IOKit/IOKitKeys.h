// Names of properties in personalities and in the registry.
#pragma once

#define kIOClassKey                    "IOClass"
#define kIOProbeScoreKey               "IOProbeScore"
#define kIOMatchCategoryKey            "IOMatchCategory"
#define kIODefaultMatchCategoryKey     "IODefaultMatchCategory"
#define kIOProviderClassKey            "IOProviderClass"
#define kIONameMatchKey                "IONameMatch"
#define kIOPropertyMatchKey            "IOPropertyMatch"
#define kIOResourceMatchKey            "IOResourceMatch"
#define kIOUserClientDefaultLockingKey "IOUserClientDefaultLocking"
#define kIOUserClientClassKey          "IOUserClientClass"
#define kIOUserClientCreatorKey        "IOUserClientCreator"
#define kCFBundleIdentifierKey         "CFBundleIdentifier"
