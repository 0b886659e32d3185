// Command conformance drives Alibaba Cloud's Go core: one JSON call a line in, one JSON outcome a line out.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

type call struct {
	Endpoint           string                     `json:"endpoint"`
	AccessKeyId        string                     `json:"accessKeyId"`
	AccessKeySecret    string                     `json:"accessKeySecret"`
	SignatureAlgorithm string                     `json:"signatureAlgorithm"`
	ReadTimeoutMs      int                        `json:"readTimeoutMs"`
	Action             string                     `json:"action"`
	Params             map[string]json.RawMessage `json:"params"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var line call
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := answers.Encode(send(line)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func send(line call) map[string]interface{} {
	config := &openapiutil.Config{
		AccessKeyId:     dara.String(line.AccessKeyId),
		AccessKeySecret: dara.String(line.AccessKeySecret),
		Endpoint:        dara.String(line.Endpoint),
		Protocol:        dara.String("http"),
	}
	if line.SignatureAlgorithm != "" {
		config.SignatureAlgorithm = dara.String(line.SignatureAlgorithm)
	}
	client, err := openapi.NewClient(config)
	if err != nil {
		return failure(err)
	}
	params := &openapiutil.Params{
		Action:      dara.String(line.Action),
		Version:     dara.String("2020-06-06"),
		Protocol:    dara.String("HTTPS"),
		Pathname:    dara.String("/"),
		Method:      dara.String("POST"),
		AuthType:    dara.String("AK"),
		Style:       dara.String("RPC"),
		ReqBodyType: dara.String("formData"),
		BodyType:    dara.String("json"),
	}
	request := &openapiutil.OpenApiRequest{Query: query(line.Params)}
	timeout := line.ReadTimeoutMs
	if timeout == 0 {
		timeout = 10000
	}
	runtime := &dara.RuntimeOptions{ConnectTimeout: dara.Int(5000), ReadTimeout: dara.Int(timeout)}
	answer, err := client.CallApi(params, request, runtime)
	if err != nil {
		return failure(err)
	}
	return map[string]interface{}{"statusCode": answer["statusCode"], "body": answer["body"]}
}

// query writes objects and lists as compact JSON, as the typed SDKs do.
func query(params map[string]json.RawMessage) map[string]*string {
	pairs := map[string]*string{}
	for name, value := range params {
		var text string
		if json.Unmarshal(value, &text) != nil {
			text = string(value)
		}
		pairs[name] = dara.String(text)
	}
	return pairs
}

// failure tells what the core's own error tells; the request id is only in its data.
func failure(err error) map[string]interface{} {
	told := map[string]interface{}{"kind": fmt.Sprintf("%T", err), "message": err.Error()}
	var known *tea.SDKError
	if errors.As(err, &known) {
		told["code"] = known.Code
		told["statusCode"] = known.StatusCode
		told["accessDeniedDetail"] = known.AccessDeniedDetail
		var data struct{ RequestId *string }
		if json.Unmarshal([]byte(tea.StringValue(known.Data)), &data) == nil {
			told["requestId"] = data.RequestId
		}
	}
	return map[string]interface{}{"error": told}
}
