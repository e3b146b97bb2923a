// Takes a device's firmware from a program, block by block, and checks every block.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

/// A block on its way to the device.
class FirmwareBlock : public OSObject {
    OSDeclareDefaultStructors(FirmwareBlock)

public:
    bool initWithBlock(uint64_t address, uint64_t word)
    {
        if (!OSObject::init())
            return false;
        target = address;
        content = word;
        return true;
    }

    uint64_t target;
    uint64_t content;
};

class FirmwareLoader : public IOService {
    OSDeclareDefaultStructors(FirmwareLoader)

public:
    bool start(IOService *provider) override;
    IOReturn send(uint64_t address, uint64_t word);

private:
    static constexpr uint64_t size = 0x1000;
    uint64_t sent;
};

class FirmwareLoaderUserClient : public IOUserClient {
    OSDeclareDefaultStructors(FirmwareLoaderUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    FirmwareLoader *loader;
};

OSDefineMetaClassAndStructors(FirmwareBlock, OSObject)
OSDefineMetaClassAndStructors(FirmwareLoader, IOService)
OSDefineMetaClassAndStructors(FirmwareLoaderUserClient, IOUserClient)

bool FirmwareLoader::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

IOReturn FirmwareLoader::send(uint64_t address, uint64_t word)
{
    FirmwareBlock *block = OSTypeAlloc(FirmwareBlock);
    if (!block)
        return kIOReturnNoMemory;
    if (!block->initWithBlock(address, word)) {
        block->release();
        return kIOReturnNoMemory;
    }
    if (block->target >= size)
        return kIOReturnBadArgument; // fault
    sent += sizeof(block->content);
    setProperty("Sent", sent, 64);
    block->release();
    return kIOReturnSuccess;
}

bool FirmwareLoaderUserClient::start(IOService *provider)
{
    loader = OSDynamicCast(FirmwareLoader, provider);
    return loader && IOUserClient::start(provider);
}

IOReturn FirmwareLoaderUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn FirmwareLoaderUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                                  IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector != 0 || arguments->scalarInputCount != 2)
        return kIOReturnBadArgument;
    return loader->send(arguments->scalarInput[0], arguments->scalarInput[1]);
}
