// Remembers stations for a tuner.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class TunerStation : public OSObject {
    OSDeclareDefaultStructors(TunerStation)

public:
    static TunerStation *withFrequency(uint32_t kilohertz);

private:
    bool initWithFrequency(uint32_t kilohertz);

    uint32_t frequency;
};

class TunerBank : public IOService {
    OSDeclareDefaultStructors(TunerBank)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    IOReturn remember(uint32_t kilohertz);

private:
    OSArray *stations;
};

class TunerBankUserClient : public IOUserClient {
    OSDeclareDefaultStructors(TunerBankUserClient)

public:
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;
};

OSDefineMetaClassAndStructors(TunerStation, OSObject)
OSDefineMetaClassAndStructors(TunerBank, IOService)
OSDefineMetaClassAndStructors(TunerBankUserClient, IOUserClient)

TunerStation *TunerStation::withFrequency(uint32_t kilohertz)
{
    TunerStation *station = new TunerStation;
    if (!station || !station->initWithFrequency(kilohertz))
        return NULL; // fault
    return station;
}

bool TunerStation::initWithFrequency(uint32_t kilohertz)
{
    if (!OSObject::init())
        return false;
    frequency = kilohertz;
    return kilohertz >= 87500 && kilohertz <= 108000;
}

bool TunerBank::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    stations = OSArray::withCapacity(8);
    if (!stations)
        return false;
    registerService();
    return true;
}

void TunerBank::stop(IOService *provider)
{
    OSSafeReleaseNULL(stations);
    IOService::stop(provider);
}

IOReturn TunerBank::remember(uint32_t kilohertz)
{
    TunerStation *station = TunerStation::withFrequency(kilohertz);
    if (!station)
        return kIOReturnBadArgument;
    stations->setObject(station);
    station->release();
    return kIOReturnSuccess;
}

IOReturn TunerBankUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn TunerBankUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                             IOExternalMethodDispatch *, OSObject *, void *)
{
    TunerBank *bank = OSDynamicCast(TunerBank, getProvider());
    if (!bank || selector != 0 || arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    return bank->remember(static_cast<uint32_t>(arguments->scalarInput[0]));
}
