// Loads a keypad's layouts, which programs send.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class KeypadLayout : public OSObject {
    OSDeclareDefaultStructors(KeypadLayout)

public:
    static KeypadLayout *withKeys(uint32_t keys);
    uint32_t keys;
};

class KeypadLoader : public IOService {
    OSDeclareDefaultStructors(KeypadLoader)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    IOReturn load(uint32_t keys, uint32_t language);

private:
    KeypadLayout *active;
};

class KeypadLoaderUserClient : public IOUserClient {
    OSDeclareDefaultStructors(KeypadLoaderUserClient)

public:
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;
};

OSDefineMetaClassAndStructors(KeypadLayout, OSObject)
OSDefineMetaClassAndStructors(KeypadLoader, IOService)
OSDefineMetaClassAndStructors(KeypadLoaderUserClient, IOUserClient)

KeypadLayout *KeypadLayout::withKeys(uint32_t keys)
{
    KeypadLayout *layout = OSTypeAlloc(KeypadLayout);
    if (layout && !layout->init())
        OSSafeReleaseNULL(layout);
    if (layout)
        layout->keys = keys;
    return layout;
}

bool KeypadLoader::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

void KeypadLoader::stop(IOService *provider)
{
    OSSafeReleaseNULL(active);
    IOService::stop(provider);
}

IOReturn KeypadLoader::load(uint32_t keys, uint32_t language)
{
    IOReturn result = kIOReturnBadArgument;
    KeypadLayout *previous = NULL;
    OSString *name = NULL;
    KeypadLayout *layout = KeypadLayout::withKeys(keys);
    if (!layout)
        return kIOReturnNoMemory;
    if (layout->keys > 24)
        goto exit;
    name = OSString::withCString(language == 0 ? "latin" : "other");
    if (!name) {
        result = kIOReturnNoMemory;
        goto exit;
    }
    if (language > 1)
        goto exit;
    setProperty("Layout", name);
    previous = active;
    active = layout;
    layout = NULL;
    result = kIOReturnSuccess;
exit:
    OSSafeReleaseNULL(previous);
    OSSafeReleaseNULL(name);
    OSSafeReleaseNULL(layout);
    return result;
}

IOReturn KeypadLoaderUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn KeypadLoaderUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                                IOExternalMethodDispatch *, OSObject *, void *)
{
    KeypadLoader *loader = OSDynamicCast(KeypadLoader, getProvider());
    if (!loader || selector != 0 || arguments->scalarInputCount != 2)
        return kIOReturnBadArgument;
    return loader->load(static_cast<uint32_t>(arguments->scalarInput[0]),
                        static_cast<uint32_t>(arguments->scalarInput[1]));
}
